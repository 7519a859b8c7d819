import Diagnostics
import PluginAPI
public import RuleEvaluator
public import TicketModel
import WorkingTime

/// Turns the notices of a decision into deliveries: who is told, through what, in which words.
///
/// Pure: what was sent before, and what is late, is for the service to know.
public struct DeliveryPlanner: Sendable {
  public let rulebook: Rulebook
  public let language: String
  private let text: FindingText

  public init(_ rulebook: Rulebook, language: String) {
    self.rulebook = rulebook
    self.language = language
    text = FindingText(rulebook, language: language)
  }

  /// All deliveries that `decision` has called for up to now, in order of time.
  ///
  /// - Parameters:
  ///   - id: the ticket's id, which begins each key.
  ///   - assignee: whom the service has assigned, where the rules leave it to a rotation.
  public func deliveries(
    for decision: borrowing Decision, of ticket: borrowing Ticket, id: String, assignee: String? = nil
  ) -> [PlannedDelivery] {
    var planned = [PlannedDelivery]()
    for index in decision.notices.indices {
      let notice = decision.notices[index]
      let window = rulebook.windows[notice.rule]
      planned.append(
        PlannedDelivery(
          Delivery(
            key: "\(id)/\(window.id)/\(notice.event.rawValue)/\(notice.cycle)/\(notice.level)",
            notice: notice.event.rawValue, ticket: id, rule: window.id, place: window.place.lineReference,
            title: "\(id) \(window.id)", body: "", severity: notice.event == .warning ? .warning : .error),
          due: notice.at, isMoot: notice.isMoot))
    }
    return planned
  }
}
