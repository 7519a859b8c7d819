#if Curl
  import Foundation
  import PluginAPI
  import TestServers
  import WebhookNotifier

  /// Half past ten in Shanghai on a Monday.
  let instant: Int64 = 1_791_772_200_000

  func delivery(
    _ key: String = "INC-1/F-10", ticket: String = "INC-1", to: [String] = ["network"],
    title: String = "the error text is missing", body: String = "", severity: Delivery.Severity = .error
  ) -> Delivery {
    Delivery(
      key: key, notice: "finding", ticket: ticket, rule: "F-10", place: "rules/fields.yaml:12", to: to,
      title: title, body: body, severity: severity)
  }

  func configuration(
    _ receiver: HTTPReceiver, _ more: [String: PluginConfiguration.Value] = [:]
  ) -> PluginConfiguration {
    let isChat = if case .text(let name)? = more["template"] { name != "generic" } else { false }
    let values: [String: PluginConfiguration.Value] = [
      isChat ? "secret_url" : "url": .text(receiver.address + "/hook?key=T0KEN")
    ]
    return PluginConfiguration(instance: "webhook", values: values.merging(more) { $1 })
  }

  func openNotifier(
    _ receiver: HTTPReceiver, _ more: [String: PluginConfiguration.Value] = [:]
  ) async throws -> WebhookNotifier {
    // A machine that runs all tests at once may be slow to answer.
    let notifier = WebhookNotifier(limit: .seconds(600)) { instant }
    let patient: [String: PluginConfiguration.Value] = ["timeout": .number(25)]
    try await notifier.open(configuration(receiver, patient.merging(more) { $1 }))
    return notifier
  }

  /// A JSON value, for comparisons that do not depend on how it is written.
  func json(_ text: String) throws -> NSObject {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    guard let object = value as? NSObject else { throw ServerProblem(message: "no JSON object") }
    return object
  }

  extension HTTPReceiver.Request {
    /// The value at `path` of the body, a member's name or an item's index each.
    func text(at path: String...) throws -> String {
      var value: Any = try JSONSerialization.jsonObject(with: Data(body.utf8))
      for part in path {
        if let list = value as? [Any], let index = Int(part) {
          value = list[index]
        } else if let object = value as? [String: Any], let member = object[part] {
          value = member
        } else {
          throw ServerProblem(message: "nothing at \(part)")
        }
      }
      return value as? String ?? "\(value)"
    }
  }

  extension PluginError {
    /// What `notifier` throws about `deliveries`; an internal error where it throws nothing.
    static func thrown(by notifier: WebhookNotifier, _ deliveries: [Delivery] = [delivery()]) async
      -> PluginError
    {
      do throws(PluginError) {
        let receipts = try await notifier.deliver(deliveries)
        return PluginError(.internal, "nothing thrown but \(receipts)")
      } catch {
        return error
      }
    }
  }
#endif
