import PluginAPI
import WorkingTime

/// The stage that puts deliveries together: those of one group wait for each other and go out as one.
///
/// Here a batch is proposed; where one of the same group is open, the state lets the delivery join that.
struct GroupStage: Sendable {
  func assign(_ page: DecidedPage) -> DecidedPage {
    var page = page
    var proposals: [String: (batch: PendingDelivery.Batch, closes: Instant)] = [:]
    for candidate in page.candidates {
      let (name, planned) = (candidate.name, candidate.planned)
      var pending = PendingDelivery(
        planned.delivery, notifier: name.notifier, due: planned.due, planned: planned.notBefore,
        review: candidate.review)
      if let group = planned.group {
        let id = Self.id(of: group, planned.delivery, name.notifier)
        let proposal = proposals[id] ?? proposal(for: planned, group, id, at: page.changes.now)
        proposals[id] = proposal
        pending.batch = proposal.batch
        (pending.planned, pending.notBefore) = (proposal.closes, proposal.closes)
      }
      page.changes.pending.append(pending)
    }
    page.candidates = []
    return page
  }

  /// The batch's key is that of its first member and when it closes, so that no two batches share one.
  private func proposal(
    for planned: PlannedDelivery, _ group: PlannedDelivery.Group, _ id: String, at now: Instant
  ) -> (batch: PendingDelivery.Batch, closes: Instant) {
    let opened = max(planned.notBefore, now)
    let closes = opened.advanced(byMilliseconds: max(0, group.wait))
    let key = "\(planned.delivery.key)+\(closes.milliseconds)"
    return (PendingDelivery.Batch(group: id, key: key), closes)
  }

  /// A group is one notifier's, and has the same recipients.
  private static func id(
    of group: PlannedDelivery.Group, _ delivery: Delivery, _ notifier: String
  ) -> String {
    ([notifier, group.rule] + group.values + [""] + delivery.to).joined(separator: "\u{1F}")
  }
}
