import PluginAPI
import Synchronization

/// A store whose tickets the test changes.
final class WorldStore: TicketStore {
  private struct Ticket {
    var json: String
    var version: Int
  }

  private struct World {
    var tickets: [String: Ticket] = [:]
    var changes = 0
    var failure: PluginError?
    var writeFailure: PluginError?
    var written: [DecisionRecord] = []
    var hints: [AsyncStream<Void>.Continuation] = []
    /// Changed by somebody else right before the next decision is written.
    var changeBeforeWrite: (id: String, json: String)?
    var readings: [Watermark?] = []
    var asked: [[String]] = []
    /// How many tickets readings have given.
    var read = 0
    /// How many calls of `write` may go on.
    var writesLeft = Int.max
  }

  private let world = Mutex(World())
  let capabilities: StoreCapabilities

  init(_ capabilities: StoreCapabilities = [.write, .changes, .incremental]) {
    self.capabilities = capabilities
  }

  // MARK: - The test's side

  /// Makes or changes a ticket; nil removes it.
  func put(_ id: String, _ json: String?) {
    world.withLock { Self.put(id, json, in: &$0) }
  }

  private static func put(_ id: String, _ json: String?, in world: inout World) {
    world.changes += 1
    world.tickets[id] = json.map { Ticket(json: $0, version: world.changes) }
    for hint in world.hints { hint.yield() }
  }

  func fail(_ error: PluginError?) { world.withLock { $0.failure = error } }
  func failWriting(_ error: PluginError?) { world.withLock { $0.writeFailure = error } }
  func changeBeforeWrite(_ id: String, _ json: String) {
    world.withLock { $0.changeBeforeWrite = (id, json) }
  }

  /// Lets so many calls of `write` go on, and those behind them wait.
  func allowWrites(_ count: Int) { world.withLock { $0.writesLeft = count } }

  private func takeWrite() -> Bool {
    world.withLock { world in
      if world.writesLeft == 0 { return false }
      if world.writesLeft != .max { world.writesLeft -= 1 }
      return true
    }
  }

  var written: [DecisionRecord] { world.withLock { $0.written } }
  var readings: [Watermark?] { world.withLock { $0.readings } }
  var read: Int { world.withLock { $0.read } }
  var asked: [[String]] { world.withLock { $0.asked } }

  // MARK: - The service's side

  func open(_ configuration: PluginConfiguration) {}
  func check() -> [PluginProblem] { [] }
  func describe() -> [StoreField] { [] }
  func close() {}

  func pages(since watermark: Watermark?, limit: Int) -> TicketPages {
    TicketPages { [self] in
      let rest = Mutex(
        world.withLock { world -> [TicketPage] in
          world.readings.append(watermark)
          return pages(of: world, since: watermark, limit)
        })
      return { () async throws(PluginError) -> TicketPage? in
        if let failure = self.world.withLock({ $0.failure }) { throw failure }
        let page = rest.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        self.world.withLock { $0.read += page?.records.count ?? 0 }
        return page
      }
    }
  }

  private func pages(of world: World, since watermark: Watermark?, _ limit: Int) -> [TicketPage] {
    let since = watermark.flatMap { Int($0.text) } ?? -1
    let changed = world.tickets.filter { $0.value.version > since }.sorted {
      $0.value.version < $1.value.version
    }
    var pages = stride(from: 0, to: changed.count, by: limit).map { start in
      page(changed[start..<min(start + limit, changed.count)].map(\.value))
    }
    if pages.isEmpty { pages = [page([])] }
    if capabilities.contains(.incremental) {
      pages[pages.count - 1].watermark = Watermark(String(world.changes))
    }
    return pages
  }

  private func page(_ tickets: [Ticket]) -> TicketPage {
    var page = TicketPage(source: "world", buffer: [], records: [])
    for ticket in tickets {
      let start = page.buffer.count
      page.buffer += Array(ticket.json.utf8)
      page.records.append(.init(range: start..<page.buffer.count, line: 0))
      page.versions.append(String(ticket.version))
    }
    return page
  }

  func get(_ ids: [String]) throws(PluginError) -> (tickets: [TicketPage], missing: [String]) {
    if let failure = world.withLock({ $0.failure }) { throw failure }
    return world.withLock { world in
      world.asked.append(ids)
      let found = ids.compactMap { world.tickets[$0] }
      return ([page(found)], ids.filter { world.tickets[$0] == nil })
    }
  }

  func write(_ decisions: [DecisionRecord]) async throws(PluginError) -> [WriteResult] {
    while !takeWrite(), !Task.isCancelled { try? await Task.sleep(for: .milliseconds(2)) }
    if let failure = world.withLock({ $0.writeFailure }) { throw failure }
    return world.withLock { world in
      if let change = world.changeBeforeWrite {
        world.changeBeforeWrite = nil
        Self.put(change.id, change.json, in: &world)
      }
      return decisions.map { decision in
        guard let ticket = world.tickets[decision.ticket] else {
          return WriteResult(ticket: decision.ticket, status: .missing)
        }
        guard decision.version == String(ticket.version) else {
          return WriteResult(ticket: decision.ticket, status: .conflict)
        }
        world.written.append(decision)
        return WriteResult(ticket: decision.ticket, status: .written)
      }
    }
  }

  func changes() -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    world.withLock { $0.hints.append(continuation) }
    return stream
  }
}
