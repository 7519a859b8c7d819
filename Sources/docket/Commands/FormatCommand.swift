import ArgumentParser
import CommandOptions
import Diagnostics
import Engine
import FileAccess
import RuleFormat

/// `docket fmt`: one layout for rule files.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Lay out rule files and their tests: indentation, spaces, columns.",
    discussion: """
      Keeps comments, blank lines between groups, the order of keys and quotes; never changes what a file says: the result is \
      read again and compared before it is written. Columns that somebody began to align are aligned. A file with errors is \
      left as it is.
      """)

  @Argument(help: ArgumentHelp("Files, or folders of rules.", valueName: "path"))
  var paths: [String] = []

  @Flag(help: "Write nothing; list the files that have another layout, and exit with 1 where there are any.")
  var check = false

  @Flag(help: "Read from standard input and write to standard output.")
  var stdin = false

  @Flag(help: "Align the cells of all rows of tables, also where nobody began to.")
  var align = false

  mutating func validate() throws {
    if stdin, !paths.isEmpty || check {
      throw ValidationError("--stdin goes with neither paths nor --check.")
    }
  }

  mutating func run() throws {
    if stdin { return try formatStandardInput() }
    var changed = 0
    var broken = 0
    let files = try Self.files(paths.isEmpty ? [RuleOptions.defaultFolder] : paths)
    for file in files {
      switch try format(file) {
      case .same: break
      case .changed: changed += 1
      case .broken: broken += 1
      }
    }
    let verb = check ? "would change" : "changed"
    try StandardOutput.write("\(counted(files.count, "file")), \(changed) \(verb)\n")
    if broken > 0 { throw Failure(.usage, "\(counted(broken, "file")) with errors left as they are") }
    if check, changed > 0 { throw ExitStatus.findings }
  }

  private enum Result { case same, changed, broken }

  private func format(_ path: String) throws(Failure) -> Result {
    let source = try Self.read(path)
    switch RuleFormat.format(source, alignsRows: align) {
    case .unreadable(let diagnostics):
      report(diagnostics, source)
      return .broken
    case .formatted(let text):
      if Array(text.utf8) == source.bytes { return .same }
      try StandardOutput.write(path + "\n")
      if !check { try Self.replace(path, by: text) }
      return .changed
    }
  }

  private func formatStandardInput() throws {
    let source = try Self.read("-")
    switch RuleFormat.format(source, alignsRows: align) {
    case .formatted(let text): try StandardOutput.write(text)
    case .unreadable(let diagnostics):
      report(diagnostics, source)
      throw ExitStatus.usage
    }
  }

  private func report(_ diagnostics: [Diagnostic], _ source: SourceText) {
    let renderer = TextRenderer(sources: [source], usesColor: Terminal.usesColor(.error))
    StandardError.write(renderer.render(diagnostics))
  }

  /// The rule files and tests that the paths name, each once.
  static func files(_ paths: [String]) throws(Failure) -> [String] {
    var files: [String] = []
    for path in paths {
      do {
        files += kindOfFile(path) == .folder ? try RulebookFolder.yamlFiles(below: path) : [path]
      } catch {
        throw Failure(error)
      }
    }
    var seen = Set<String>()
    return files.filter { seen.insert($0).inserted }
  }

  private static func read(_ path: String) throws(Failure) -> SourceText {
    do { return try readSource(path) } catch { throw Failure(error) }
  }

  private static func replace(_ path: String, by text: String) throws(Failure) {
    do {
      var file = try FileWriter(path)
      try file.write(Array(text.utf8))
      try file.commit()
    } catch {
      throw Failure(error)
    }
  }
}
