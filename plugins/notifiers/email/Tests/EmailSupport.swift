#if Curl
  import EmailNotifier
  import PluginAPI
  import TestServers

  /// Half past ten in Shanghai on a Monday.
  let instant: Int64 = 1_791_772_200_000

  func delivery(
    _ key: String = "INC-1/F-10", ticket: String = "INC-1", to: [String] = [],
    title: String = "the error text is missing",
    body: String = ""
  ) -> Delivery {
    Delivery(
      key: key, notice: "finding", ticket: ticket, rule: "F-10", place: "rules/fields.yaml:12", to: to,
      title: title, body: body, severity: .error)
  }

  func configuration(
    _ port: Int, _ more: [String: PluginConfiguration.Value] = [:]
  ) -> PluginConfiguration {
    let values: [String: PluginConfiguration.Value] = [
      "host": .text("127.0.0.1"), "port": .number(Double(port)), "from": .text("docket@desk.example"),
      "default": .text("all@desk.example"),
    ]
    return PluginConfiguration(instance: "email", values: values.merging(more) { $1 })
  }

  func openNotifier(
    _ receiver: SMTPReceiver, _ more: [String: PluginConfiguration.Value] = [:]
  ) async throws -> EmailNotifier {
    // A machine that runs all tests at once may be slow to answer.
    let notifier = EmailNotifier(limit: .seconds(600)) { instant }
    let patient: [String: PluginConfiguration.Value] = ["timeout": .number(25)]
    try await notifier.open(configuration(receiver.port, patient.merging(more) { $1 }))
    return notifier
  }
#endif
