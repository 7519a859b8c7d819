public import PluginAPI
public import WorkingTime

/// What came of a page of tickets, to be kept in one transaction.
public struct PageChanges: Hashable, Sendable {
  public var now: Instant
  /// New or changed.
  public var tickets: [TicketMemory] = []
  /// Those of them that were known before.
  public var known: [String] = []
  /// Gone from the store: what waits for them goes, too.
  public var vanished: [String] = []
  /// Timers that are set anew without a decision.
  public var timers: [String: Instant] = [:]
  /// Into the outbox.
  public var pending: [PendingDelivery] = []
  /// Out of the outbox: nobody needs them any more.
  public var withdrawn: [DeliveryName] = []
  /// What is not so any more: if it was delivered, it is taken back, and what waits is taken back once it is delivered.
  public var ended: [DeliveryName] = []
  /// What waits and is so.
  public var standing: [DeliveryName] = []
  /// What went to people and is gone again.
  public var released: [Assignment] = []
  /// By team: who got its last ticket.
  public var turns: [String: String] = [:]
  /// What changed tickets add to the counts of reviews, by ticket; nothing of those that add nothing. What is not among
  /// `tickets` is not counted.
  public var contributions: [String: [KeptContribution]] = [:]
  /// Groups of like tickets that have been looked at.
  public var reviewed: [ReviewedGroup] = []
  /// How far the store has been read; nil to leave it.
  public var watermark: Watermark?
  /// The number of the rules by which all tickets have been decided; nil to leave it.
  public var swept: Int?
  /// Until when everything that fell due was seen to; nil to leave it.
  public var watchedUntil: Instant?

  public init(now: Instant) { self.now = now }

  /// Takes what came of other tickets of the same page.
  mutating func add(_ other: PageChanges) {
    tickets += other.tickets
    known += other.known
    withdrawn += other.withdrawn
    ended += other.ended
    standing += other.standing
    contributions.merge(other.contributions) { _, last in last }
  }

  /// Whether something that was delivered may be to be taken back.
  var mayEndSomething: Bool {
    !ended.isEmpty || !withdrawn.isEmpty || !vanished.isEmpty || !reviewed.isEmpty
  }

  /// Whether there is nothing to keep.
  public var isEmpty: Bool {
    tickets.isEmpty && vanished.isEmpty && timers.isEmpty && pending.isEmpty && withdrawn.isEmpty
      && ended.isEmpty && standing.isEmpty && turns.isEmpty && reviewed.isEmpty && watermark == nil
      && swept == nil && watchedUntil == nil
  }
}
