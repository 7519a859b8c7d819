import Foundation

/// `Package.swift`, as far as the architecture shows in it.
enum Manifest {
  struct Target: CustomStringConvertible, Sendable {
    var kind: String
    var name: String
    var path: String
    var dependencies: [String]
    /// Where it stands in the file.
    var position: Int

    var description: String { name }
    /// A test target, or what test targets share.
    var isTest: Bool { path.hasPrefix("Tests/") || kind == "testTarget" }

    /// The modules that its files import.
    var imports: Set<String> {
      Set(Repository.swiftFiles.filter { $0.hasPrefix(path + "/") }.flatMap(Repository.imports(of:)))
    }
  }

  static let targets: [Target] = {
    let text = Repository.text("Package.swift")
    let kinds = ["target", "executableTarget", "testTarget", "systemLibrary", "plugin"]
    return kinds.flatMap { kind in
      text.ranges(of: "\n    .\(kind)(").map { range in
        target(
          kind, in: text[range.upperBound...],
          position: text.distance(from: text.startIndex, to: range.lowerBound))
      }
    }
  }()

  static let modules = targets.filter { !$0.isTest && $0.kind != "systemLibrary" }
  static let moduleNames = Set(targets.filter { $0.kind != "testTarget" }.map(\.name)).union([
    "ArgumentParser", "CoreMetrics", "Crypto", "GRDB", "GRDBSQLite", "Hummingbird", "Logging", "Metrics",
    "ServiceLifecycle", "UnixSignals",
  ])

  /// - Parameter text: from behind the opening parenthesis on.
  private static func target(_ kind: String, in text: Substring, position: Int) -> Target {
    let arguments = text.prefix(upToClosing: "(", ")")
    let name = arguments.firstMatch(of: /name: "([^"]+)"/).map { String($0.1) } ?? ""
    let folder = kind == "testTarget" ? "Tests" : "Sources"
    let path = arguments.firstMatch(of: /path: "([^"]+)"/).map { String($0.1) } ?? "\(folder)/\(name)"
    var dependencies: [String] = []
    if let start = arguments.range(of: "dependencies: [") {
      let list = arguments[start.upperBound...].prefix(upToClosing: "[", "]")
        .replacing(/, condition: \.when\(traits: \["[^"]+"\]\)/, with: "")
        .replacing(/\.product\(name: ("[^"]+"), package: "[^"]+"\)/) { $0.1 }
      dependencies = list.matches(of: /"([^"]+)"/).map { String($0.1) }
    }
    return Target(kind: kind, name: name, path: path, dependencies: dependencies, position: position)
  }
}

extension Substring {
  /// The text up to the bracket that closes one opened before it.
  fileprivate func prefix(upToClosing opening: Character, _ closing: Character) -> Substring {
    var depth = 1
    let end = firstIndex { character in
      depth += character == opening ? 1 : character == closing ? -1 : 0
      return depth == 0
    }
    return self[..<(end ?? endIndex)]
  }
}
