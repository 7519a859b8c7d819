public import PluginAPI

/// The scenarios that apply to a plugin that is linked in: those of its port.
public struct LinkedConformance: Sendable {
  /// How the plugin is made.
  public enum Subject: Sendable {
    case store(@Sendable () -> any TicketStore)
    case notifier(@Sendable () -> any Notifier)
  }

  private let subject: Subject
  private let configuration: PluginConfiguration
  private let refusals: [(configuration: PluginConfiguration, pointer: String)]
  private let arrived: ArrivalCount?

  /// - Parameters:
  ///   - refusals: settings that are wrong, and where.
  ///   - arrived: how often a notice came out of the channel; nil where nobody can tell.
  public init(
    _ subject: Subject, _ configuration: PluginConfiguration,
    refusals: [(configuration: PluginConfiguration, pointer: String)] = [], arrived: ArrivalCount? = nil
  ) {
    self.arrived = arrived
    self.subject = subject
    self.configuration = configuration
    self.refusals = refusals
  }

  public func run(_ report: (ScenarioResult) -> Void = { _ in }) async -> [ScenarioResult] {
    var results = [await port(), await refusal()]
    results.insert(ScenarioResult("keeps to the wire", .skipped("it is linked in: there is no wire")), at: 0)
    for result in results { report(result) }
    return results
  }

  private func port() async -> ScenarioResult {
    switch subject {
    case .store(let make):
      let conformance = StoreConformance(configuration, makeStore: make)
      return await result("hands over the same tickets in pages of 1, 7 and 500, and knows what is missing") {
        () throws(PluginError) in try await conformance.violations()
      }
    case .notifier(let make):
      let conformance = NotifierConformance(configuration, makeNotifier: make)
      let arrived = arrived
      return await result(
        arrived == nil
          ? "answers each delivery with a receipt"
          : "delivers a key that comes twice once, with a receipt for each"
      ) { () throws(PluginError) in
        try await conformance.violations { title in await arrived?.of(title: title) ?? 1 }
      }
    }
  }

  private func refusal() async -> ScenarioResult {
    let name = "names the setting that is wrong"
    if refusals.isEmpty {
      return ScenarioResult(
        name, .skipped("no wrong settings are known: see 'bad_config' in conformance.yaml"))
    }
    var violations = [String]()
    for (configuration, pointer) in refusals {
      switch subject {
      case .store(let make):
        violations += await StoreConformance(configuration, makeStore: make).violations(
          refusing: configuration, at: pointer)
      case .notifier(let make):
        violations += await NotifierConformance(configuration, makeNotifier: make)
          .violations(refusing: configuration, at: pointer)
      }
    }
    return ScenarioResult(name, violations.first.map { .failed($0) } ?? .passed)
  }

  private func result(
    _ name: String, _ violations: () async throws(PluginError) -> [String]
  ) async -> ScenarioResult {
    do throws(PluginError) {
      return ScenarioResult(name, try await violations().first.map { .failed($0) } ?? .passed)
    } catch {
      return ScenarioResult(name, .failed(error.message))
    }
  }
}
