#if Service
  import Foundation
  import TestSupport
  import WorkingTime

  /// 10,000 tickets that change. What each of them is at an instant follows from the seed alone, so that the world goes on
  /// whoever is killed, and a judge knows afterwards what it was.
  struct World: Sendable {
    static let tickets = 10_000
    /// When the service first starts.
    static let start = Instant(milliseconds: 1_772_438_400_000)
    /// Tickets change until then.
    static let end = start.advanced(byMilliseconds: 8 * 3_600_000)
    /// Everything has fallen due.
    static let judgement = start.advanced(byMilliseconds: 13 * 3_600_000)

    static let rules = """
      language: en
      time_zone: UTC
      fields:
        id: {type: string}
        opened_at: {type: instant}
        done_at: {type: instant}
        urgency: {type: choice, values: [high, low]}
        team: {type: choice, values: [a, b, c]}
        note: {type: integer}
      windows:
        answer:
          start: opened_at
          stop: done_at
          target: 1 hour
          warn: [50%]
          escalate: [{id: E-1, at: due + 30 minutes, to: lead, via: [desk]}]
        solve:
          start: opened_at
          stop: done_at
          target:
            hit: first
            inputs: [urgency]
            rows: [{id: W-1, urgency: high, target: 2 hours}]
            otherwise: {target: 4 hours}
          warn: [75%]
      notifications:
        - {id: N-1, on: [window.warning, window.breached], to: [lead], via: [desk]}
        - id: N-2
          on: [window.breached]
          to: [lead]
          via: [board]
          group_by: [team]
          group_wait: 5 minutes
          message: {en: "{id}|{window.id}"}
      """

    /// A change of a ticket: from then on it has this record; nil where it is gone.
    struct Change: Sendable {
      var at: Instant
      var json: String?
    }

    /// By ticket: its changes in order of time.
    let histories: [[Change]]
    /// All changes in order of time: of which ticket, and which of its changes.
    let order: [(at: Instant, ticket: Int, change: Int)]

    init(seed: Int) {
      var generator = SeededGenerator(seed: seed)
      let histories = (0..<Self.tickets).map { Self.history($0, &generator) }
      self.histories = histories
      order = histories.indices.flatMap { ticket in
        histories[ticket].indices.map { (histories[ticket][$0].at, ticket, $0) }
      }.sorted { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }
    }

    static func id(_ ticket: Int) -> String { "T-\(ticket)" }

    private static func history(_ ticket: Int, _ generator: inout SeededGenerator) -> [Change] {
      // A tenth was opened before anybody watched; they keep their targets.
      let isOld = generator.chance(10)
      let opened = start.advanced(
        byMilliseconds: isOld
          ? -Int64.random(in: 1...7_200, using: &generator) * 1000
          : Int64.random(in: 1...25_000, using: &generator) * 1000)
      var at = isOld ? start.advanced(byMilliseconds: -1) : opened
      var urgency = generator.pick(["high", "low"])
      let team = generator.pick(["a", "b", "c"])
      var done: Instant?
      var changes: [Change] = []
      for number in 0..<Int.random(in: 1...5, using: &generator) {
        if number > 0 {
          at = at.advanced(byMilliseconds: Int64.random(in: 1...9_000, using: &generator) * 1000)
          if at >= end { break }
          switch Int.random(in: 0..<10, using: &generator) {
          case 0..<4: done = done == nil ? at : nil
          case 4..<6 where !isOld: urgency = urgency == "high" ? "low" : "high"
          case 9 where generator.chance(4):
            changes.append(Change(at: at, json: nil))
            return changes
          default: break
          }
        }
        let answer = done.map { ",\"done_at\":\"\($0.text(in: .utc))\"" } ?? ""
        changes.append(
          Change(
            at: at,
            json:
              "{\"id\":\"\(id(ticket))\",\"opened_at\":\"\(opened.text(in: .utc))\",\"urgency\":\"\(urgency)\""
              + ",\"team\":\"\(team)\",\"note\":\(number)\(answer)}"))
      }
      return changes
    }

    /// Which change of a ticket is the last by `now`; nil before the first.
    func change(of ticket: Int, at now: Instant) -> Int? {
      histories[ticket].lastIndex { $0.at <= now }
    }
  }

  /// Time that passes `factor` times as fast, from an instant on.
  struct WorldClock: Sendable {
    let start: Instant
    let factor: Double
    let origin = ContinuousClock.now

    func now() -> Instant {
      let seconds = (ContinuousClock.now - origin) / .seconds(1)
      return start.advanced(byMilliseconds: Int64(seconds * 1000 * factor))
    }
  }
#endif
