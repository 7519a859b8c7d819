import Foundation
import Testing

@Suite("A document")
struct DocumentationTests {
  @Test(
    "shows commands that work, and what they print",
    arguments: [
      "README.md", "docs/tutorial.md", "docs/expressions.md", "docs/decisions.md", "docs/foresight.md",
      "docs/editor.md",
      "docs/lint.md", "docs/diff.md",
      "docs/testing.md", "docs/explain.md", "docs/policy-book.md", "docs/waivers.md", "docs/reports.md",
      "docs/packages.md",
      "ARCHITECTURE.md",
    ])
  func commands(path: String) throws {
    let document = try Document(Folders.repository + "/" + path)
    let folder = TemporaryFolder()
    // Commands of a document that makes no files of its own run where a reader would: in the project's folder.
    let place = document.files.isEmpty ? Folders.repository : folder.path
    try document.write(into: folder.path)
    for session in document.sessions {
      let result = try Program.shell(session.command, in: place)
      // Mistakes are shown on purpose, together with what is said of them.
      let showsMistakes = session.output.contains(": error: ")
      #expect(result.errors == "" || showsMistakes, "$ \(session.command)")
      #expect(result.status <= (showsMistakes ? 2 : 1), "$ \(session.command)")
      if session.output.isEmpty { continue }
      #expect(result.output + result.errors == session.output, "$ \(session.command)")
    }
  }

  /// Needs python3 and swift; the package that plugins in Swift are built against is this one.
  @Test("about writing plugins leads from nothing to plugins that pass")
  func plugins() throws {
    let document = try Document(Folders.repository + "/plugins/README.md")
    let folder = TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/docket", withDestinationPath: Folders.repository)
    try document.write(into: folder.path)
    for session in document.sessions {
      let result = try Program.shell(session.command, in: folder.path, withPath: true)
      #expect(result.status <= 1, "$ \(session.command): \(result.errors)")
      if !session.output.isEmpty { #expect(result.output == session.output, "$ \(session.command)") }
      #expect(!result.output.contains("FAIL"), "$ \(session.command)")
    }
    #expect(document.sessions.count >= 8)
  }

  @Test("of the tutorial has files and commands") func tutorial() throws {
    let document = try Document(Folders.repository + "/docs/tutorial.md")
    #expect(document.files.count == 3 && document.sessions.count >= 3)
  }

  @Test("of expressions shows what eval and lint say") func expressions() throws {
    let document = try Document(Folders.repository + "/docs/expressions.md")
    #expect(document.files.count >= 3 && document.sessions.count >= 9)
  }

  @Test("that begins the project stays short") func readme() throws {
    let text = try String(contentsOfFile: Folders.repository + "/README.md", encoding: .utf8)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 150)
  }
}

/// The fenced blocks of a Markdown file: files that it has readers write (the name stands behind the language), and
/// `console` sessions with one command each.
private struct Document {
  var files: [(name: String, text: String)] = []
  var sessions: [(command: String, output: String)] = []

  init(_ path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var fence: [Substring]?
    var lines = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```"), let info = fence {
        add(info, lines)
        fence = nil
      } else if line.hasPrefix("```") {
        fence = line.dropFirst(3).split(separator: " ")
        lines = ""
      } else if fence != nil {
        lines += line + "\n"
      }
    }
  }

  /// Writes the files that readers are asked to write.
  func write(into folder: String) throws {
    for file in files {
      let url = URL(filePath: "\(folder)/\(file.name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.text.utf8).write(to: url)
    }
  }

  private mutating func add(_ info: [Substring], _ lines: String) {
    if info.count == 2 { files.append((String(info[1]), lines)) }
    if info.first == "console", lines.hasPrefix("$ ") {
      let command = lines.prefix { $0 != "\n" }
      sessions.append((String(command.dropFirst(2)), String(lines.dropFirst(command.count + 1))))
    }
  }
}
