import ArgumentParser
import CommandOptions

/// The command line: parses arguments, calls the engine, and owns stdout, stderr and exit codes.
@main
struct Docket: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docket",
    abstract: "A rule engine for service tickets.",
    discussion: """
      Rules are YAML files in a folder; tickets come from a store plugin, outcomes go to notifier plugins.

      Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 usage, configuration or rule file; \
      3 a plugin or the engine failed.
      """,
    version: "docket \(Release.version)",
    subcommands: [
      InitCommand.self, CheckCommand.self, LintCommand.self, TestCommand.self, DiffCommand.self,
      ExplainCommand.self,
      SimulateCommand.self, ForecastCommand.self, FormCommand.self, DocCommand.self, EvalCommand.self,
      CalendarCommand.self, FormatCommand.self, SchemaCommand.self, LanguageServerCommand.self,
      isCompleted ? RunOptionsCommand.self : RunCommand.self,
      PluginCommand.self,
    ])

  /// Whether a completion script is asked for, which also knows options that are none of this program's.
  private static var isCompleted: Bool {
    CommandLine.arguments.dropFirst().first?.hasPrefix("--generate-completion-script") ?? false
  }

  static func main() { runProcess() }
}
