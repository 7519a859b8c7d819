public import PluginAPI

/// What every store must do, whatever its tickets are.
public struct StoreConformance: Sendable {
  /// Page sizes that meet most boundaries.
  static let limits = [1, 7, 500]

  private let configuration: PluginConfiguration
  private let makeStore: @Sendable () -> any TicketStore

  /// A check of the stores that `makeStore` makes, with a `configuration` that leads to some tickets which stay as they are
  /// meanwhile.
  public init(_ configuration: PluginConfiguration, makeStore: @escaping @Sendable () -> any TicketStore) {
    self.configuration = configuration
    self.makeStore = makeStore
  }

  /// What the store does wrong, one sentence each; empty for a good one.
  public func violations() async throws(PluginError) -> [String] {
    let store = makeStore()
    try await store.open(configuration)
    var violations = [String]()
    let expected = try await reading(store, limit: 500, &violations)
    if expected.isEmpty { violations.append("there are no tickets to check with") }
    for limit in Self.limits {
      if try await reading(store, limit: limit, &violations) != expected {
        violations.append("pages of \(limit) hand over other tickets than pages of 500")
      }
    }
    let (found, missing) = try await store.get([Self.unknownID])
    if !found.allSatisfy(\.records.isEmpty) || missing != [Self.unknownID] {
      violations.append("an id that does not exist is not answered as missing")
    }
    await store.close()
    return violations
  }

  /// What is wrong about how the store refuses `configuration`, whose fault stands at `pointer`.
  public func violations(refusing configuration: PluginConfiguration, at pointer: String) async -> [String] {
    do throws(PluginError) {
      try await makeStore().open(configuration)
      return ["a wrong configuration is accepted"]
    } catch {
      return refusalViolations(error, at: pointer)
    }
  }

  private static let unknownID = "\u{10FFFD} no such ticket"

  /// What one reading hands over, without where its pages end.
  private struct Item: Hashable {
    var source: String
    var line: Int
    var content: [UInt8]
  }

  private func reading(
    _ store: any TicketStore, limit: Int, _ violations: inout [String]
  ) async throws(PluginError) -> [Item] {
    var items = [Item]()
    for try await page in store.pages(since: nil, limit: limit) {
      if page.records.count > limit { violations.append("a page of \(page.records.count) exceeds \(limit)") }
      guard page.isWellFormed else {
        violations.append("a page has ranges or positions outside of its bounds")
        continue
      }
      items += Self.items(of: page)
    }
    return items
  }

  /// Records and malformed ones in the order of the source.
  private static func items(of page: TicketPage) -> [Item] {
    var items = [Item]()
    for index in 0...page.records.count {
      for malformed in page.malformed where malformed.position == index {
        items.append(Item(source: page.source, line: malformed.line, content: Array(malformed.message.utf8)))
      }
      guard index < page.records.count else { break }
      let record = page.records[index]
      items.append(Item(source: page.source, line: record.line, content: Array(page.buffer[record.range])))
    }
    return items
  }
}

extension TicketPage {
  fileprivate var isWellFormed: Bool {
    records.allSatisfy { buffer.indices.contains($0.range) && $0.line >= 0 }
      && malformed.allSatisfy { (0...records.count).contains($0.position) && $0.line >= 0 }
  }
}

/// What is wrong about a refusal that should point at `pointer`.
func refusalViolations(_ error: PluginError, at pointer: String) -> [String] {
  var violations = [String]()
  if error.kind != .configuration {
    violations.append("a wrong configuration is refused as \(error.kind.rawValue)")
  }
  if error.pointer != pointer {
    violations.append("\(error.pointer ?? "nothing") is named instead of \(pointer)")
  }
  return violations
}
