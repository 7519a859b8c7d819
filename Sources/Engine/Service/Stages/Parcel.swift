import PluginAPI
import RuleEvaluator
import WorkingTime

/// What goes to a notifier as one delivery: one notice, or a batch of them.
struct Parcel: Sendable {
  var delivery: Delivery
  var members: [PendingDelivery]
  /// Whether it goes out too long after its time.
  var isLate: Bool

  var attempts: Int { members.map(\.attempts).max() ?? 0 }
}

/// Puts what was taken from the outbox into parcels, in the words of the service.
struct ParcelWording: Sendable {
  let language: Language
  let timeZone: TimeZoneRules
  /// In milliseconds.
  let lateAfter: Int64

  init(_ rulebook: Rulebook, _ settings: ServiceSettings) {
    language = Language(tag: settings.language)
    timeZone = rulebook.timeZone
    lateAfter = settings.lateAfter
  }

  /// In the order of what comes first in each.
  func parcels(of pending: [PendingDelivery], at now: Instant) -> [Parcel] {
    var order = [String]()
    var members: [String: [PendingDelivery]] = [:]
    for item in pending {
      let key = item.batch?.key ?? item.delivery.key
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(item)
    }
    return order.map { parcel($0, members[$0] ?? [], at: now) }
  }

  private func parcel(_ key: String, _ members: [PendingDelivery], at now: Instant) -> Parcel {
    let isBatch = members[0].batch != nil
    let lateness = members.map { now.milliseconds(since: $0.planned) }.max() ?? 0
    var parcel = Parcel(
      delivery: isBatch ? joined(key, members.map(\.delivery)) : members[0].delivery, members: members,
      isLate: lateness > lateAfter)
    if parcel.isLate, let due = members.map(\.due).min() {
      ServiceWording.markLate(&parcel.delivery, due: due.text(in: timeZone), language)
    }
    return parcel
  }

  private func joined(_ key: String, _ members: [Delivery]) -> Delivery {
    var delivery = members[0]
    delivery.key = key
    delivery.title = ServiceWording.title(ofGroup: members.map(\.title), language)
    delivery.body = ServiceWording.body(ofGroup: members)
    if members.contains(where: { $0.severity == .error }) { delivery.severity = .error }
    return delivery
  }
}
