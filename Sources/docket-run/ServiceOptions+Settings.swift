#if Service
  import CommandOptions
  import Engine
  import Logging
  import RuleEvaluator
  import WorkingTime

  /// What the options of the command line and those of docket.yaml come to.
  extension ServiceOptions {
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
