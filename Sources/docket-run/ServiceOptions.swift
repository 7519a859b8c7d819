#if Service
  import ArgumentParser
  import CommandOptions
  import Engine
  import Logging
  import RuleEvaluator
  import WorkingTime

  /// How the service works; what is not asked for on the command line may stand under `service:` in docket.yaml.
  struct ServiceOptions: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "The file that holds what the service remembers; default: docket-state.sqlite.", valueName: "file"))
    var state: String?

    @Option(
      help: ArgumentHelp(
        "Serve /health and /metrics at this address, such as 127.0.0.1:9464; default: not at all.",
        valueName: "host:port"))
    var listen: String?

    @Option(
      help: ArgumentHelp(
        "How often a store that does not tell of changes is read, such as '5 seconds', which is the default.",
        valueName: "duration"))
    var poll: String?

    @Option(
      help: ArgumentHelp(
        "At the first start: also tell of what fell due since this instant; default: nothing that is past.",
        valueName: "instant"))
    var since: String?

    @Option(help: "What is logged to standard error: debug, info, warning or error.")
    var logLevel: Level = .info

    enum Level: String, ExpressibleByArgument, CaseIterable {
      case debug, info, warning, error
    }

    func statePath(_ configured: ServiceConfiguration) -> String {
      state ?? configured.state ?? "docket-state.sqlite"
    }

    func logger() -> Logger {
      var log = Logger(label: "docket", factory: { StreamLogHandler.standardError(label: $0) })
      log.logLevel = Logger.Level(rawValue: logLevel.rawValue) ?? .info
      return log
    }

    func address(_ configured: ServiceConfiguration) throws(Failure) -> ListenAddress? {
      guard let text = listen ?? configured.listen else { return nil }
      if let address = ListenAddress(text) { return address }
      throw Failure(.usage, "'\(text)' is not an address to listen at", hint: "write 127.0.0.1:9464, say")
    }

    func settings(
      _ configured: ServiceConfiguration, _ rulebook: Rulebook, language: String
    ) throws(Failure) -> ServiceSettings {
      var settings = ServiceSettings()
      settings.language = language
      if let text = poll ?? configured.poll { settings.pollInterval = try Self.period(text) }
      if let since { settings.watchingSince = try Instant.read(since, option: "--since", rulebook.timeZone) }
      return settings
    }

    /// Elapsed time of at least a tenth of a second, in milliseconds.
    private static func period(_ text: String) throws(Failure) -> Int64 {
      if let duration = try? TargetDuration(parsing: text), case .elapsed(let milliseconds) = duration,
        milliseconds >= 100
      {
        return milliseconds
      }
      throw Failure(.usage, "'\(text)' is no time between two readings", hint: "write '5 seconds', say")
    }
  }
#endif
