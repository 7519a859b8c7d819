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
      RunCommand.self,
      PluginCommand.self,
    ])

  static func main() { runProcess() }
}
