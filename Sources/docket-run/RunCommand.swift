#if Service
  import ArgumentParser
  import CommandOptions
  import Diagnostics
  import Engine
  import Logging
  import PluginAPI
  import RuleEvaluator
  import SQLiteState
  import ServiceLifecycle
  import Telemetry
  import UnixSignals
  import WorkingTime

  /// `docket run`: watches the tickets of a store and tells people in time.
  @main
  struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "docket run", abstract: "Watch tickets, and tell people in time.",
      discussion: """
        Reads what changes in the store, decides, writes decisions back where the store can keep them, and delivers \
        what falls due: each notice once, through every crash. What was done is kept in the state file.

        SIGTERM and SIGINT end it after what is under way; SIGHUP, or a changed rule file, loads the rules anew.
        """,
      version: "docket \(Release.version)")

    @OptionGroup var source: SourceOptions
    @OptionGroup var ruleOptions: RuleOptions
    @OptionGroup var pluginOptions: PluginOptions
    @OptionGroup var options: ServiceOptions

    func validate() throws {
      // The state remembers rules by their identity, which does not tell whether waivers were honoured.
      if ruleOptions.noWaivers {
        throw ValidationError("a service honours waivers: to end one, change its 'until' in the rules")
      }
    }

    static func main() async { await runToEnd(handlingSignals: false) }

    mutating func run() async throws {
      let configuration = try source.configuration()
      let path = ruleOptions.folder(configured: configuration.rules)
      let seen = FolderFingerprint(path)
      let rulebook = try ruleOptions.load(configured: configuration.rules)
      let settings = try options.settings(
        configuration.service, rulebook,
        language: ruleOptions.language ?? configuration.language ?? rulebook.language)
      let address = try options.address(configuration.service)
      let log = options.logger()
      log.noteWaivers(of: rulebook, at: .now)
      let plugins = try pluginOptions.plugins()
      let selections = try notifierSelections(configuration)
      let channels = ChannelCheck(names: selections.map(\.configuration.instance))
      if let failure = channels.failure(of: rulebook) { throw failure }

      let store = try await plugins.openStore(try source.selection(configuration))
      var notifiers = [Engine.Service.NamedNotifier]()
      for selection in selections {
        let notifier = try await plugins.openNotifier(selection)
        notifiers.append(Engine.Service.NamedNotifier(selection.configuration.instance, notifier))
      }
      let registry = MetricsRegistry()
      let telemetry = ServiceTelemetry(log: log, registry: registry)
      let state = SQLiteState(path: options.statePath(configuration.service))
      let service = Engine.Service(
        rulebook: rulebook, store: store, notifiers: notifiers, state: state, clock: SystemClock(),
        settings: settings, events: { telemetry.note($0) })
      let watch = RuleWatch(
        rulebook, at: path, seen: seen, channels: channels, log: log,
        replace: { service.replaceRulebook($0) })
      let pages = StatusPages(service: service, registry: registry, rules: watch)
      let failure = await Self.run(Self.parts(pages, at: address, log), log)
      for notifier in notifiers { try? await notifier.notifier.close() }
      await store.close()
      state.close()
      if let failure { throw failure }
      log.info("ended; what was under way has been recorded")
    }

    /// What runs at once. The service begins once its pages are served, where they are to be.
    private static func parts(
      _ pages: StatusPages, at address: ListenAddress?, _ log: Logger
    ) -> [any ServiceLifecycle.Service] {
      let gate = Gate()
      let parts: [any ServiceLifecycle.Service] = [
        WatchedService(service: pages.service, gate: gate), pages.rules,
      ]
      if let address { return parts + [StatusServer(pages, at: address, log: log, opening: gate)] }
      gate.open()
      return parts
    }

    /// Runs until a signal ends it, or one of the parts fails.
    private static func run(
      _ parts: [any ServiceLifecycle.Service], _ log: Logger
    ) async -> Failure? {
      let configurations = parts.map {
        ServiceGroupConfiguration.ServiceConfiguration(
          service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
          failureTerminationBehavior: .gracefullyShutdownGroup)
      }
      let group = ServiceGroup(
        configuration: ServiceGroupConfiguration(
          services: configurations, gracefulShutdownSignals: [.sigterm, .sigint], logger: log))
      do {
        try await group.run()
        return nil
      } catch let failure as Failure {
        return failure
      } catch {
        return Failure(.failure, "the service has ended: \(error)")
      }
    }

    private func notifierSelections(_ configuration: EngineConfiguration) throws(Failure) -> [PluginSelection]
    {
      var selections = [PluginSelection]()
      for text in options.notify { selections.append(try SourceOptions.selection(text, option: "--notify")) }
      if selections.isEmpty { selections = configuration.notifiers }
      if selections.isEmpty {
        selections = [
          PluginSelection(plugin: "console", configuration: PluginConfiguration(instance: "console"))
        ]
      }
      return try selections.map { selection throws(Failure) in try Self.appending(selection) }
    }

    /// A file that stands there only once the service has ended would lose what was delivered into it.
    private static func appending(_ selection: PluginSelection) throws(Failure) -> PluginSelection {
      guard selection.plugin == "file" else { return selection }
      var selection = selection
      if selection.configuration.values["append"] == .boolean(false) {
        throw Failure(
          .usage, "the notifier '\(selection.configuration.instance)' would keep its file back until the end",
          hint: "a service appends: remove 'append: false'")
      }
      selection.configuration.values["append"] = .boolean(true)
      return selection
    }
  }
#else
  import CommandOptions

  /// Stands in where the package is built without the trait Service, so that everything else builds.
  @main
  struct RunCommand {
    static func main() {
      StandardError.write(
        "error: this docket-run was built without the service\n  = build it with 'make service'\n")
      exitProcess(.usage)
    }
  }
#endif
