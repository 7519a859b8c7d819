import Foundation

/// The files of the project.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The Swift files of the product, by paths relative to the root.
  static let sources = swiftFiles.filter {
    $0.hasPrefix("Sources/") || $0.hasPrefix("plugins/") && $0.contains("/Sources/")
  }

  static let swiftFiles = files.filter { $0.hasSuffix(".swift") }

  /// Every file but what the build and git make; a copy without git has only its own files, too.
  static let files: [String] = {
    let skipped: Set<String> = [
      ".build", ".git", ".swiftpm", "Package.resolved", "dist", "out", "bin", "__pycache__",
    ]
    let keys: [URLResourceKey] = [.isDirectoryKey]
    guard let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: keys) else {
      return []
    }
    var paths: [String] = []
    for case let file as URL in all {
      if skipped.contains(file.lastPathComponent) {
        all.skipDescendants()
      } else if (try? file.resourceValues(forKeys: Set(keys)).isDirectory) == false {
        paths.append(String(file.path.dropFirst(root.path.count).drop { $0 == "/" }))
      }
    }
    return paths.sorted()
  }()

  static func text(_ path: String) -> String {
    let data = FileManager.default.contents(atPath: root.appending(path: path).path) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  /// The modules that a Swift file imports.
  static func imports(of path: String) -> [String] {
    let kinds = "(?:typealias|struct|class|enum|protocol|let|var|func) "
    let pattern = try? Regex(
      "^ *(?:@[A-Za-z_]+(?:\\([^)]*\\))? )*(?:[a-z]+ )?import (?:\(kinds))?([A-Za-z0-9_]+)",
      as: (Substring, Substring).self)
    guard let pattern else { return [] }
    return withoutLongTexts(text(path)).split(separator: "\n").compactMap { line in
      line.firstMatch(of: pattern).map { String($0.output.1) }
    }
  }

  /// Without literals of several lines: what a template holds is not the file's own code.
  private static func withoutLongTexts(_ text: String) -> String {
    guard text.contains("\"\"\"") else { return text }
    let escaped = "\\\"\"\""
    return text.replacing(/##"""[\s\S]*?"""##/, with: "").replacing(escaped, with: "")
      .replacing(/"""[\s\S]*?"""/, with: "")
  }
}
