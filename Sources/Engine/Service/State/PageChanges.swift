public import PluginAPI
public import WorkingTime

/// What came of a page of tickets, to be kept in one transaction.
public struct PageChanges: Hashable, Sendable {
  public var now: Instant
  /// New or changed.
  public var tickets: [TicketMemory] = []
  /// Gone from the store: what waits for them goes, too.
  public var vanished: [String] = []
  /// Timers that are set anew without a decision.
  public var timers: [String: Instant] = [:]
  /// Into the outbox.
  public var pending: [PendingDelivery] = []
  /// Out of the outbox: nobody needs them any more.
  public var withdrawn: [DeliveryName] = []
  /// How far the store has been read; nil to leave it.
  public var watermark: Watermark?
  /// The number of the rules by which all tickets have been decided; nil to leave it.
  public var swept: Int?
  /// Until when everything that fell due was seen to; nil to leave it.
  public var watchedUntil: Instant?

  public init(now: Instant) { self.now = now }

  /// Whether there is nothing to keep.
  public var isEmpty: Bool {
    tickets.isEmpty && vanished.isEmpty && timers.isEmpty && pending.isEmpty && withdrawn.isEmpty
      && watermark == nil && swept == nil && watchedUntil == nil
  }
}
