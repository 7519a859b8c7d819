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

  /// Called once, after the last page; also after an error.
  func close() async
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
