/// Supplies tickets. The engine calls `open` once, then reads pages, then `close`.
///
/// A store hands over the raw JSON of each ticket and never interprets it: one decoder, the engine's, turns bytes
/// into values. Every method may throw `PluginError`; its kind alone decides what the engine does next.
public protocol TicketStore: Sendable {
  /// Called once, before anything else. Throws `.configuration` with a pointer to the wrong key.
  func open(_ configuration: PluginConfiguration) async throws(PluginError)

  /// Called by `docket plugin check` and before long runs. Has no side effects.
  func check() async throws(PluginError) -> [PluginProblem]

  /// The fields that this store knows, where it knows them; empty where it does not.
  func describe() async throws(PluginError) -> [StoreField]

  /// What this store can do besides reading. Asked after `open`, and stays as it is until `close`.
  var capabilities: StoreCapabilities { get async }

  /// The tickets that changed since `watermark` (all for nil), in pages of at most `limit` records; a page may hold
  /// fewer, even none, and only nil ends the reading.
  ///
  /// The engine pulls one page at a time, which is the back-pressure. Two readings from one watermark agree. After an
  /// error the reading is over; what came before the error was handed over.
  func pages(since watermark: Watermark?, limit: Int) -> TicketPages

  /// The tickets with these ids, in the order of the store, and the ids that do not exist, in the order asked for.
  ///
  /// An id that stands in two places is answered twice. Malformed records are left to `pages`.
  func get(_ ids: [String]) async throws(PluginError) -> (tickets: [TicketPage], missing: [String])

  /// Keeps decisions beside their tickets and answers with one result a decision, in the same order.
  ///
  /// Called only where `capabilities` has `.write`. A decision about another version of the ticket than the stored one is
  /// a `.conflict` and changes nothing; the same decision written twice is written once.
  func write(_ decisions: [DecisionRecord]) async throws(PluginError) -> [WriteResult]

  /// Yields when something may have changed: a hint to read again, which may be missed or come for nothing.
  ///
  /// Called only where `capabilities` has `.changes`. Ends with `close`.
  func changes() async throws(PluginError) -> AsyncStream<Void>

  /// Called once, after the last page; also after an error.
  func close() async
}

extension TicketStore {
  public var capabilities: StoreCapabilities { [] }

  public func write(_ decisions: [DecisionRecord]) async throws(PluginError) -> [WriteResult] {
    throw PluginError(.permanent, "this store keeps no decisions")
  }

  public func changes() async throws(PluginError) -> AsyncStream<Void> {
    throw PluginError(.permanent, "this store does not tell of changes")
  }
}

/// What a store can do besides reading.
public struct StoreCapabilities: OptionSet, Hashable, Sendable {
  /// Keeps decisions beside their tickets.
  public static let write = StoreCapabilities(rawValue: 1)
  /// Tells when something may have changed.
  public static let changes = StoreCapabilities(rawValue: 2)
  /// Hands over only what changed since a watermark; without it every reading hands over everything.
  public static let incremental = StoreCapabilities(rawValue: 4)

  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
}

/// How far a reader has come: opaque to everybody but the store that gave it.
public struct Watermark: Hashable, Sendable {
  public var text: String
  public init(_ text: String) { self.text = text }
}

/// A field as a store describes it.
public struct StoreField: Hashable, Sendable {
  public var name: String
  public var type: String
  public var values: [String]

  public init(name: String, type: String, values: [String] = []) {
    self.name = name
    self.type = type
    self.values = values
  }
}
