import Diagnostics
import PluginAPI
import RuleEvaluator
import WorkingTime

/// Every sentence that the service itself says to people.
enum ServiceWording {
  /// A notice that goes out after its time: it says when that was.
  static func markLate(_ delivery: inout Delivery, due: String, _ language: Language) {
    switch language {
    case .english:
      delivery.title = "[late] \(delivery.title)"
      delivery.body = join("This was due at \(due).", delivery.body)
    case .chinese:
      delivery.title = "[补发] \(delivery.title)"
      delivery.body = join("本通知应于 \(due) 发出。", delivery.body)
    }
  }

  /// The title of several notices in one.
  static func title(ofGroup titles: [String], _ language: Language) -> String {
    guard titles.count > 1, let first = titles.first else { return titles.first ?? "" }
    switch language {
    case .english: return "\(titles.count) notices: \(first), …"
    case .chinese: return "\(titles.count) 条通知：\(first) 等"
    }
  }

  /// The body of several notices in one: each with its title.
  static func body(ofGroup members: [Delivery]) -> String {
    if members.count == 1 { return members[0].body }
    return members.map { join("- \($0.title)", indented($0.body)) }.joined(separator: "\n")
  }

  private static func indented(_ text: String) -> String {
    if text.isEmpty { return "" }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(
      separator: "\n")
  }

  private static func join(_ first: String, _ rest: String) -> String {
    rest.isEmpty ? first : "\(first)\n\(rest)"
  }

  // Problems, for the operator.
  static func noAnswer(_ milliseconds: Int64) -> String { "it gave no answer within \(milliseconds) ms" }
  static func noReceipt(_ count: Int) -> String { "it gave no receipt for \(count) of its notices" }
  static let noTicketID = "the ticket has no id"
  /// - Parameter first: the place of the ticket that came first, where there is one to name.
  static func standsTwice(_ id: String, first: String?) -> String {
    "the id \(quoted(id)) stands twice; \(first ?? "the first one") is decided, this one is not"
  }
  static func unanswered(_ count: Int) -> String {
    "it was asked for \(count) tickets that it neither handed over nor called missing"
  }
}
