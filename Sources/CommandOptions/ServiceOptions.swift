package import ArgumentParser

/// How the service works; what is not asked for on the command line may stand under `service:` in docket.yaml.
package struct ServiceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The file that holds what the service remembers; default: docket-state.sqlite.", valueName: "file"))
  package var state: String?

  @Option(
    help: ArgumentHelp(
      "Serve /health and /metrics at this address, such as 127.0.0.1:9464; default: not at all.",
      valueName: "host:port"))
  package var listen: String?

  @Option(
    help: ArgumentHelp(
      "How often a store that does not tell of changes is read, such as '5 seconds', which is the default.",
      valueName: "duration"))
  package var poll: String?

  @Option(
    help: ArgumentHelp(
      "At the first start: also tell of what fell due since this instant; default: nothing that is past.",
      valueName: "instant"))
  package var since: String?

  @Option(
    help: ArgumentHelp(
      "A notifier plugin, with settings as name:key=value,key=value; may be repeated.",
      valueName: "notifier"))
  package var notify: [String] = []

  @Option(help: "What is logged to standard error: debug, info, warning or error.")
  package var logLevel: Level = .info

  package enum Level: String, ExpressibleByArgument, CaseIterable {
    case debug, info, warning, error
  }

  package init() {}
}
