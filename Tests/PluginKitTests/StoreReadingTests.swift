import PluginAPI
import PluginProtocol
import Testing

@testable import PluginKit

@Suite("A store behind the protocol")
struct StoreReadingTests {
  /// Tickets in pages of three, other ones in each reading where there is more than one list.
  private actor Tickets: TicketStore {
    private var readings: [[String]]
    private(set) var begun = 0
    private let versions: Bool

    init(_ readings: [[String]], versions: Bool = false) {
      self.readings = readings
      self.versions = versions
    }

    func open(_ configuration: PluginConfiguration) {}
    func check() -> [PluginProblem] { [] }
    func describe() -> [StoreField] { [] }
    func get(_ ids: [String]) -> (tickets: [TicketPage], missing: [String]) { ([], ids) }
    func close() {}

    nonisolated func pages(since watermark: Watermark?, limit: Int) -> TicketPages {
      TicketPages {
        let reading = Reading(self)
        return { () async throws(PluginError) in await reading.next() }
      }
    }

    func begin() -> [String] {
      begun += 1
      return readings.count > 1 ? readings.removeFirst() : readings[0]
    }

    func page(_ texts: ArraySlice<String>) -> TicketPage {
      var page = TicketPage(source: "s", buffer: [], records: [])
      for text in texts {
        let start = page.buffer.count
        page.buffer += text.utf8
        page.records.append(.init(range: start..<page.buffer.count, line: 0))
        if versions { page.versions.append("1") }
      }
      return page
    }
  }

  private actor Reading {
    private let store: Tickets
    private var rest: ArraySlice<String>?

    init(_ store: Tickets) { self.store = store }

    func next() async -> TicketPage? {
      var texts = if let rest { rest } else { await store.begin()[...] }
      let page = await store.page(texts.prefix(3))
      texts = texts.dropFirst(3)
      rest = texts
      return page.records.isEmpty ? nil : page
    }
  }

  private static let tickets = (0..<10).map { #"{"id":"T-\#($0)"}"# }

  private func requests(_ store: Tickets) async throws -> StoreRequests {
    let requests = StoreRequests(store)
    try await requests.open(PluginConfiguration(instance: "s", values: [:]))
    return requests
  }

  /// The page behind `cursor`, or the one behind that.
  private func list(_ requests: StoreRequests, _ cursor: String?, ahead: Int? = nil) async throws
    -> PageResult
  {
    let line = WireWriter.request(id: "1", "store/list", deadlineMilliseconds: 1) { line in
      line.append(contentsOf: #","limit":3"#.utf8)
      if let cursor { line.append(contentsOf: #","cursor":"\#(cursor)""#.utf8) }
      if let ahead { line.append(contentsOf: #","ahead":\#(ahead)"#.utf8) }
    }
    let message = try WireMessage(line: Array(line.dropLast()))
    let answer = try await requests.answer(.list, message, id: Array(#""1""#.utf8))
    return try PageResult(try WireMessage(line: Array(answer.dropLast())), source: "")
  }

  private func texts(_ result: PageResult) -> [String] {
    result.page.records.map { String(decoding: result.page.buffer[$0.range], as: UTF8.self) }
  }

  @Test("hands over all pages by their cursors, in one reading")
  func cursors() async throws {
    let store = Tickets([Self.tickets])
    let requests = try await requests(store)
    var found = [String]()
    var cursor: String?
    repeat {
      let result = try await list(requests, cursor)
      #expect(cursor == nil || result.cursor == cursor)
      found += texts(result)
      cursor = result.nextCursor
    } while cursor != nil
    #expect(found == Self.tickets)
    #expect(await store.begun == 1)
    #expect(await requests.capabilities.isAskedAhead)
  }

  @Test("hands over the page behind the one that was asked for, in the same reading")
  func ahead() async throws {
    let store = Tickets([Self.tickets])
    let requests = try await requests(store)
    var result = try await list(requests, nil)
    var found = texts(result)
    var cursor = try #require(result.nextCursor)
    result = try await list(requests, cursor)
    while let next = result.nextCursor {
      found += texts(result)
      result = try await list(requests, cursor, ahead: 1)
      #expect(result.cursor == next)
      cursor = next
    }
    #expect(found + texts(result) == Self.tickets)
    // Behind the last page there is an empty one, and no reading is begun for it.
    let behind = try await list(requests, cursor, ahead: 1)
    #expect(texts(behind) == [] && behind.nextCursor == nil)
    #expect(await store.begun == 1)
  }

  @Test(
    "finds the page again from its cursor alone, or the one behind it, after a restart", arguments: [0, 1])
  func restart(ahead: Int) async throws {
    let cursor = try #require(try await list(try await requests(Tickets([Self.tickets])), nil).nextCursor)
    let result = try await list(try await requests(Tickets([Self.tickets])), cursor, ahead: ahead)
    #expect(texts(result) == Array(Self.tickets[(3 + 3 * ahead)..<(6 + 3 * ahead)]))
  }

  @Test(
    "ends a reading that goes on after a restart where the tickets before it are others now: none is passed over",
    arguments: [
      Array(tickets.dropFirst()), tickets.map { $0.replacing("T-1", with: "T-x") }, Array(tickets.prefix(2)),
      [],
    ], [true, false])
  func changed(now: [String], versions: Bool) async throws {
    let before = try await requests(Tickets([Self.tickets], versions: versions))
    let cursor = try #require(try await list(before, nil).nextCursor)
    let requests = try await requests(Tickets([now], versions: versions))
    let error = await #expect(throws: WireError.self) { try await list(requests, cursor) }
    #expect(
      error?.pluginError
        == PluginError(
          .permanent, "the tickets changed while they were read, and the reading was interrupted meanwhile",
          hint: "read them again"))
  }

  @Test(
    "refuses a cursor that is none of its own", arguments: ["3", "-1-0", "3-", "x-0", "3-g", "3-1-1", ""])
  func cursor(text: String) async throws {
    let requests = try await requests(Tickets([Self.tickets]))
    let error = await #expect(throws: WireError.self) { try await list(requests, text) }
    #expect(error?.message == "'cursor' must be a cursor of this store")
  }

  @Test("refuses to be asked further ahead")
  func further() async throws {
    let requests = try await requests(Tickets([Self.tickets]))
    let error = await #expect(throws: WireError.self) { try await list(requests, nil, ahead: 2) }
    #expect(error?.message == "'ahead' must be 0 or 1")
  }
}
