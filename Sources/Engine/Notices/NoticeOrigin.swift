import PluginAPI
public import RuleEvaluator

extension DeliveryPlanner {
  /// The notice that a delivery planned for `decision` tells of; nil where it tells of a finding.
  ///
  /// - Parameter id: the ticket's id.
  public func origin(
    of planned: PlannedDelivery, among decision: borrowing Decision, ticket id: String
  ) -> Notice? {
    for index in decision.notices.indices {
      let notice = decision.notices[index]
      let key = keys.key(of: notice, ticket: id)
      if planned.delivery.key == key || planned.delivery.key.hasPrefix(key + "/") { return notice }
    }
    return nil
  }
}
