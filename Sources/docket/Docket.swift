import ArgumentParser

/// The command line: parses arguments, calls the engine, and owns stdout, stderr and exit codes.
@main
struct Docket: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "docket",
    abstract: "A rule engine for service tickets.",
    discussion: """
      Rules are YAML files in a folder; tickets come from a store plugin, outcomes go to notifier plugins.

      Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 usage, configuration or rule file; \
      3 a plugin or the engine failed.
      """,
    version: "docket \(version)",
    subcommands: [
      CheckCommand.self, LintCommand.self, ExplainCommand.self, SimulateCommand.self, ForecastCommand.self,
      FormCommand.self, EvalCommand.self, CalendarCommand.self, PluginCommand.self,
    ])

  static func main() async {
    Interruption.prepare()
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      finish(with: error)
    }
  }

  private static func finish(with error: any Error) -> Never {
    switch error {
    case let exit as ExitStatus: exitProcess(exit)
    case let failure as Failure:
      if failure.isBrokenPipe { exitProcess(.success) }
      StandardError.write(failure.text)
      exitProcess(failure.status)
    default:
      // Help and version are "errors" of the parser that are not failures.
      let message = fullMessage(for: error)
      if exitCode(for: error) == .success {
        try? StandardOutput.write(message + "\n")
        exitProcess(.success)
      }
      StandardError.write(message + "\n")
      exitProcess(.usage)
    }
  }
}
