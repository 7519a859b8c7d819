/// What the decoder needs to know of a schema: built once when the rules load, shared by all workers.
public struct TicketLayout: Sendable {
  public let schema: Schema
  /// Whether `history` is decoded.
  public let tracksHistory: Bool

  /// - Parameters:
  ///   - symbols: for text fields, by slot: the texts that rules mention.
  ///   - tracksHistory: whether `history` is decoded; if not, it is skipped like an undeclared field.
  public init(schema: Schema, symbols: [Int: SymbolTable] = [:], tracksHistory: Bool) {
    self.schema = schema
    self.tracksHistory = tracksHistory
  }
}
