#if Service
  import PluginAPI
  import Synchronization
  import TestSupport
  import WorkingTime

  /// The store of the world. It fails now and then.
  final class WorldStore: TicketStore {
    private let world: World
    private let clock: WorldClock
    private let generator: Mutex<SeededGenerator>
    private let lateReadings = Mutex(0)

    init(_ world: World, _ clock: WorldClock, seed: Int) {
      self.world = world
      self.clock = clock
      generator = Mutex(SeededGenerator(seed: seed))
    }

    var capabilities: StoreCapabilities { [.write, .incremental] }
    func open(_ configuration: PluginConfiguration) {}
    func check() -> [PluginProblem] { [] }
    func describe() -> [StoreField] { [] }
    func close() {}

    /// Whether every change has passed through the service: a reading from after the last one was followed by another.
    var isReadToTheEnd: Bool { lateReadings.withLock { $0 > 1 } }

    private func failNowAndThen() throws(PluginError) {
      if generator.withLock({ $0.chance(100) }) { throw PluginError(.transient, "the world is busy") }
    }

    func pages(since watermark: Watermark?, limit: Int) -> TicketPages {
      TicketPages { [self] in
        let now = clock.now()
        let since = watermark.flatMap { Int64($0.text) } ?? .min
        let rest = Mutex(changed(since: since, now))
        let isOver = Mutex(false)
        return { () async throws(PluginError) -> TicketPage? in
          try self.failNowAndThen()
          if isOver.withLock({ $0 }) { return nil }
          let tickets = rest.withLock { rest in
            defer { rest.removeFirst(min(limit, rest.count)) }
            return Array(rest.prefix(limit))
          }
          // As they are by now; the watermark is that of the beginning, so what changed meanwhile comes again.
          var page = self.page(tickets, at: self.clock.now())
          if rest.withLock({ $0.isEmpty }) {
            isOver.withLock { $0 = true }
            if now > World.end { self.lateReadings.withLock { $0 += 1 } }
            page.watermark = Watermark(String(now.milliseconds))
          }
          return page
        }
      }
    }

    private func changed(since: Int64, _ now: Instant) -> [Int] {
      let order = world.order
      var (low, high) = (0, order.count)
      while low < high {
        let middle = (low + high) / 2
        if order[middle].at.milliseconds > since { high = middle } else { low = middle + 1 }
      }
      return Set(order[low...].prefix { $0.at <= now }.map(\.ticket)).sorted()
    }

    private func page(_ tickets: [Int], at now: Instant) -> TicketPage {
      var page = TicketPage(source: "world", buffer: [], records: [])
      for ticket in tickets {
        guard let change = world.change(of: ticket, at: now), let json = world.histories[ticket][change].json
        else { continue }
        let start = page.buffer.count
        page.buffer += Array(json.utf8)
        page.records.append(.init(range: start..<page.buffer.count, line: 0))
        page.versions.append(String(change))
      }
      return page
    }

    func get(_ ids: [String]) throws(PluginError) -> (tickets: [TicketPage], missing: [String]) {
      try failNowAndThen()
      let now = clock.now()
      let tickets = ids.compactMap { Int($0.dropFirst(2)) }
      let missing = tickets.filter { ticket in
        world.change(of: ticket, at: now).flatMap { world.histories[ticket][$0].json } == nil
      }
      return ([page(tickets, at: now)], missing.map(World.id))
    }

    func write(_ decisions: [DecisionRecord]) throws(PluginError) -> [WriteResult] {
      try failNowAndThen()
      let now = clock.now()
      return decisions.map { decision in
        let ticket = Int(decision.ticket.dropFirst(2)) ?? 0
        guard let change = world.change(of: ticket, at: now), world.histories[ticket][change].json != nil
        else {
          return WriteResult(ticket: decision.ticket, status: .missing)
        }
        let isCurrent = decision.version == String(change)
        return WriteResult(ticket: decision.ticket, status: isCurrent ? .written : .conflict)
      }
    }
  }
#endif
