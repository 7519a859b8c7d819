import PluginAPI
import WorkingTime

/// The stage that puts deliveries together: those of one group wait for each other and go out as one.
///
/// Here a batch is proposed; where one of the same group is open, the state lets the delivery join that.
struct GroupStage: Sendable {
  /// A batch of this page.
  private struct Proposal {
    var key: String
    var closes: Instant
    var count = 1

    /// Whether one that may go out from `start` on, and waits until `end`, finds room in it.
    func admits(from start: Instant, until end: Instant) -> Bool {
      start <= closes && closes <= end && count < PendingDelivery.batchLimit
    }
  }

  func assign(_ page: DecidedPage) -> DecidedPage {
    var page = page
    var proposals: [String: [Proposal]] = [:]
    for candidate in page.candidates {
      let (name, planned) = (candidate.name, candidate.planned)
      var pending = PendingDelivery(
        planned.delivery, notifier: name.notifier, due: planned.due, planned: planned.notBefore,
        notBefore: planned.earliest, review: candidate.review)
      if let group = planned.group {
        let id = Self.id(of: group, planned.delivery, name.notifier)
        let start = max(planned.earliest, page.changes.now)
        join(&pending, id, from: start, wait: group.wait, among: &proposals[id, default: []])
      }
      page.changes.pending.append(pending)
    }
    page.candidates = []
    return page
  }

  /// A batch's key is that of its first member and when it closes, so that no two batches share one.
  private func join(
    _ pending: inout PendingDelivery, _ group: String, from start: Instant, wait: Int64,
    among proposals: inout [Proposal]
  ) {
    let end = start.advanced(byMilliseconds: wait)
    if let index = proposals.firstIndex(where: { $0.admits(from: start, until: end) }) {
      proposals[index].count += 1
      pending.notBefore = proposals[index].closes
      pending.batch = PendingDelivery.Batch(group: group, key: proposals[index].key, from: start)
    } else {
      let key = "\(pending.delivery.key)+\(end.milliseconds)"
      proposals.append(Proposal(key: key, closes: end))
      pending.notBefore = end
      pending.batch = PendingDelivery.Batch(group: group, key: key, from: start)
    }
    pending.planned = pending.planned.advanced(byMilliseconds: wait)
  }

  /// A group is one notifier's, and has the same recipients.
  private static func id(
    of group: PlannedDelivery.Group, _ delivery: Delivery, _ notifier: String
  ) -> String {
    ([notifier, group.rule] + group.values + [""] + delivery.to).joined(separator: "\u{1F}")
  }
}
