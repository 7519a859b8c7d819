import ArgumentParser
import CommandOptions
import FileAccess
import ProcessAccess

/// `docket run`: gives way to `docket-run`, the service, which stands beside this program.
///
/// A program of its own, because the service's libraries would cost every check 48 MB and a millisecond and a half.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Watch tickets, and tell people in time: the service.")

  @Argument(parsing: .captureForPassthrough, help: "What 'docket run --help' lists.")
  var arguments: [String] = []

  mutating func run() async throws {
    let folder = pathOfThisProgram()?.split(separator: "/").dropLast().joined(separator: "/") ?? ""
    let path = "/\(folder)/docket-run"
    guard kindOfFile(path) == .file else {
      throw Failure(
        .usage, "the service is not installed: there is no docket-run beside this docket",
        hint: "build it with 'make service'")
    }
    let reason = replaceProcess(by: path, arguments)
    throw Failure(.failure, "the service cannot be started: \(reason)")
  }
}

/// `docket run` in completion scripts: with the options that docket-run reads, in place of "all that follows".
struct RunOptionsCommand: ParsableCommand {
  static let configuration = RunCommand.configuration

  @OptionGroup var source: SourceOptions
  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var pluginOptions: PluginOptions
  @OptionGroup var options: ServiceOptions
}
