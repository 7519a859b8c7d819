import PluginAPI
import PluginHost
import PluginProtocol

/// How a plugin takes its settings.
enum ConfigurationScenarios {
  static let all = [refusal, manifest, secret]

  private static let refusal = Scenario("names the setting that is wrong") { subject in
    if subject.badConfigurations.isEmpty {
      throw ScenarioEnd.skipped("no wrong settings are known: see 'bad_config' in conformance.yaml")
    }
    for (configuration, pointer) in subject.badConfigurations {
      let violations: [String]
      if subject.manifest.role == .store {
        let store = StoreConformance(configuration) { ProcessStore(subject.manifest, subject.environment) }
        violations = await store.violations(refusing: configuration, at: pointer)
      } else {
        let notifier = NotifierConformance(configuration) {
          ProcessNotifier(subject.manifest, subject.environment)
        }
        violations = await notifier.violations(refusing: configuration, at: pointer)
      }
      if let first = violations.first { throw ScenarioEnd.failed(first) }
    }
  }

  private static let manifest = Scenario("has a manifest that refuses what it does not know") { subject in
    var configuration = subject.configuration
    configuration.values["x~no/such setting"] = .text("")
    if subject.manifest.schema.allowsOtherProperties {
      throw ScenarioEnd.skipped(
        "the manifest lets settings pass that it does not name; 'additionalProperties: false' refuses them")
    }
    do throws(PluginError) { _ = try subject.manifest.resolve(configuration, subject.environment) } catch {
      return try require(error.pointer == "/x~0no~1such setting", "\(error.pointer ?? "nothing") is named")
    }
    throw ScenarioEnd.failed("an unknown setting is accepted")
  }

  private static let secret = Scenario("shows a secret nowhere") { subject in
    let marker = "docket-secret-5e884898da28"
    guard let configuration = subject.resolved.settingSecrets(of: subject.manifest.schema, to: marker) else {
      throw ScenarioEnd.skipped("this plugin has no secret setting")
    }
    let session = try RawSession(subject, configuration)
    let answer = try await session.request("initialize", session.initializeParameters)
    if case .response = answer.kind {
      try await session.request("check")
      let (method, parameters) = SessionScenarios.harmless(subject)
      try await session.request(method, parameters)
      try await session.request("shutdown")
    }
    session.closeInput()
    try await session.expectEnd(within: .seconds(2), "behind shutdown")
    let output = session.output
    try require(
      !String(decoding: output.standard, as: UTF8.self).contains(marker), "the secret appears on stdout")
    try require(!output.error.contains(marker), "the secret appears on stderr")
  }
}

extension PluginConfiguration {
  /// With `text` for each secret at the top level; nil where there is none.
  fileprivate func settingSecrets(of schema: ConfigSchema, to text: String) -> PluginConfiguration? {
    let names = schema.properties.filter { $0.schema.isSecret }.map(\.name)
    if names.isEmpty { return nil }
    var configuration = self
    for name in names { configuration.values[name] = .text(text) }
    return configuration
  }
}
