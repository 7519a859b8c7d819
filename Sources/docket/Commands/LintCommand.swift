import ArgumentParser
import CommandOptions
import Diagnostics
import Engine
import FileAccess
import RuleEvaluator

/// `docket lint`: are the rules sound?
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Check rule files: all problems of all files at once.")

  @Argument(help: "The rulebook's folder.")
  var rules: String = RuleOptions.defaultFolder

  @Option(help: "How many problems are shown before the rest is counted.")
  var limit: Int = 50

  mutating func run() throws {
    let loaded = try RuleOptions.load(rules)
    let renderer = TextRenderer(
      sources: loaded.sources, limit: max(1, limit), usesColor: Terminal.usesColor(.output))
    try StandardOutput.write(renderer.render(loaded.diagnostics))
    try StandardOutput.write(Self.summary(loaded, path: rules) + "\n")
    if loaded.rulebook == nil { throw ExitStatus.usage }
  }

  static func summary(_ loaded: LoadedRulebook, path: String) -> String {
    let errors = loaded.diagnostics.count { $0.severity == .error }
    let warnings = loaded.diagnostics.count { $0.severity == .warning }
    let problems = "\(counted(errors, "error")), \(counted(warnings, "warning"))"
    guard let rulebook = loaded.rulebook else { return "\(path): \(problems)" }
    return "\(path): \(problems); \(rulebook.identity)"
  }
}
