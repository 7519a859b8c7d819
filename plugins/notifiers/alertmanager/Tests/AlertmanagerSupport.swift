#if Curl
  import AlertmanagerNotifier
  import CurlTransfer
  import PluginAPI
  import TestServers

  func delivery(
    _ key: String, ticket: String = "INC-1", to: [String] = ["network"], body: String = ""
  ) -> Delivery {
    Delivery(
      key: key, notice: "window.breached", ticket: ticket, rule: "P-1", place: "rules/windows.yaml:3", to: to,
      title: "响应超时", body: body, severity: .error)
  }

  func configuration(
    _ address: String, _ more: [String: PluginConfiguration.Value] = [:]
  ) -> PluginConfiguration {
    PluginConfiguration(instance: "alerts", values: more.merging(["url": .text(address)]) { $1 })
  }

  /// With the system's clock, since Alertmanager compares with it.
  func openNotifier(
    _ server: AlertmanagerServer, _ more: [String: PluginConfiguration.Value] = [:]
  ) async throws -> AlertmanagerNotifier {
    let notifier = AlertmanagerNotifier(now: systemTime)
    try await notifier.open(configuration(server.address, more))
    return notifier
  }

  func openNotifier(
    _ receiver: HTTPReceiver, _ more: [String: PluginConfiguration.Value] = [:]
  ) async throws -> AlertmanagerNotifier {
    let notifier = AlertmanagerNotifier(now: systemTime)
    try await notifier.open(configuration(receiver.address + "/hook", more))
    return notifier
  }
#endif
