public import PluginAPI
public import RuleEvaluator
public import WorkingTime

/// What the service remembers from one run to the next. It has one user at a time; each call is all of it or nothing.
///
/// What a call returned from is durable, but for pages without pending deliveries and for what was tidied: lost with the power
/// they are read and decided once more, and come to the same.
///
/// The pipeline's intake alone calls `keep`, so it may decide by what it read before; the lanes of notifiers call `take`,
/// `settle` and `postpone` meanwhile.
public protocol ServiceState: Sendable {
  /// Called once, first: opens the state, makes or migrates it, and locks others out.
  ///
  /// - Parameters:
  ///   - notifiers: the names of those that there are.
  ///   - watchingSince: kept at the first start, and ignored later.
  func begin(
    rulebook identity: String, notifiers: [String], watchingSince: Instant, at now: Instant
  ) async throws(StateError) -> ServiceBeginning

  /// Called once, after `begin`: of these notifiers what was delivered is kept until it ends, and they are then to take it back.
  func setResolving(_ notifiers: Set<String>) async throws(StateError)

  /// Other rules hold from now on; answers their number, which grows by one.
  ///
  /// - Parameter boundary: until when everything that fell due under the rules before was seen to.
  func adopt(rulebook identity: String, since boundary: Instant) async throws(StateError) -> Int

  /// What is known of these tickets; nothing of one that was never seen.
  func recall(_ tickets: [String]) async throws(StateError) -> [String: RememberedTicket]

  /// Those of the names that were delivered or rejected.
  func settled(among names: [DeliveryName]) async throws(StateError) -> Set<DeliveryName>

  /// Keeps what came of a page: all of it or nothing.
  ///
  /// What a notifier is to take back waits from then on, once nothing of it stands any more; of what is withdrawn or gone also
  /// that which may have arrived, because it was handed over and nobody said that it was refused.
  ///
  /// What a changed ticket added to counts of reviews is replaced. A pending delivery with a batch joins the open batch of its
  /// group, where there is one: not yet due, never taken, and of fewer than 100 notices. One that waits already is called for
  /// once more, and one that was delivered meanwhile is left out.
  func keep(_ changes: PageChanges) async throws(StateError)

  /// Groups of like tickets that something was added to, or taken from, since they were last among `PageChanges.reviewed`.
  func touchedGroups(limit: Int) async throws(StateError) -> [TouchedGroup]

  /// The ticket with which the first review of a group fell due that nobody has held; see `RecurrenceScan`. O(those that
  /// came since a review was held), in constant memory.
  func dueReview(
    of group: RecurrenceGroup, _ recurrence: Review.Recurrence
  ) async throws(StateError) -> RecurrenceCount.Member?

  /// The ids of tickets whose timers are due, earliest first.
  func dueTickets(by now: Instant, limit: Int) async throws(StateError) -> [String]

  /// When the next timer is due; nil where none is set.
  func nextDue() async throws(StateError) -> Instant?

  /// The deliveries of a notifier that may go out by now, earliest first, about `limit` of them: a batch comes whole. A batch
  /// that was taken admits no others.
  func take(notifier: String, by now: Instant, limit: Int) async throws(StateError) -> [PendingDelivery]

  /// What a notifier is to take back by now, earliest first.
  func takeResolutions(
    notifier: String, by now: Instant, limit: Int
  ) async throws(StateError) -> [PendingResolution]

  /// When the next delivery of a notifier may go out, or something is to be taken back; nil where nothing waits.
  func nextDelivery(of notifier: String) async throws(StateError) -> Instant?

  /// Keeps what became of deliveries and takes them out of the outbox.
  func settle(_ settlements: [Settlement], at now: Instant) async throws(StateError)

  /// Tries deliveries again, not before their instants. What waited only for the sake of a batch that was refused is withdrawn.
  func postpone(_ deliveries: [DeliveryName: Postponement], at now: Instant) async throws(StateError)

  /// Keeps that notifiers took back what they had delivered under these keys, or never will.
  func settle(resolutions: [DeliveryName]) async throws(StateError)

  /// Tries to take back again, not before their instants.
  func postpone(resolutions: [DeliveryName: Instant]) async throws(StateError)

  /// The clock went back to `now`: no repeated attempt of a notifier waits longer than `longest` milliseconds from there.
  func hasten(_ notifier: String, to now: Instant, longest: Int64) async throws(StateError)

  /// Forgets a few of the keys that were delivered: of tickets without a timer that were not decided since `quietSince`, and
  /// that have nothing waiting, keys become hashes in `TicketMemory.known`; of tickets that are gone since before that they go.
  /// Each call looks at `limit` tickets, and the next at those after them. Not called while a ticket is recalled and not kept.
  func tidy(quietSince: Instant, limit: Int) async throws(StateError) -> Tidied

  /// How much is kept; for gauges. O(size of the outbox).
  func counts() async throws(StateError) -> StateCounts

  /// Called once, last; also after an error.
  func close() async
}

/// What the state says at the start.
public struct ServiceBeginning: Hashable, Sendable {
  /// Whether the state was made just now.
  public var isFirst: Bool
  /// From when on notices are sent.
  public var watchingSince: Instant
  /// How far the store was read; nil where it never was.
  public var watermark: Watermark?
  /// Until when everything that fell due was seen to.
  public var watchedUntil: Instant
  /// The number of the rules that hold, from 1.
  public var generation: Int
  /// For each number of rules, until when everything under the rules before it was seen to.
  public var boundaries: [Int: Instant]
  /// The number of the rules by which all tickets were last decided; 0 for none.
  public var swept: Int
  /// From when on each notifier sends: later ones from their own start on, those of the first start whatever is sent.
  public var notifiers: [String: Instant]
  /// Notifiers for which deliveries wait.
  public var waitingNotifiers: [String]
  /// Whose turn it is in each team.
  public var rotation: Rotation
  /// What fell due before it about a ticket that is not known is history: its keys may be forgotten.
  public var forgottenUntil: Instant

  public init(
    isFirst: Bool, watchingSince: Instant, watermark: Watermark?, watchedUntil: Instant, generation: Int,
    boundaries: [Int: Instant], swept: Int, notifiers: [String: Instant], waitingNotifiers: [String],
    rotation: Rotation = Rotation(), forgottenUntil: Instant = Instant(milliseconds: .min)
  ) {
    self.isFirst = isFirst
    self.watchingSince = watchingSince
    self.watermark = watermark
    self.watchedUntil = watchedUntil
    self.generation = generation
    self.boundaries = boundaries
    self.swept = swept
    self.notifiers = notifiers
    self.waitingNotifiers = waitingNotifiers
    self.rotation = rotation
    self.forgottenUntil = forgottenUntil
  }
}

/// How much a state holds.
public struct StateCounts: Hashable, Sendable {
  public var tickets: Int
  /// Deliveries that wait, and what is to be taken back, by notifier.
  public var outbox: [String: Int]
  public var nextDue: Instant?

  public init(tickets: Int, outbox: [String: Int], nextDue: Instant?) {
    self.tickets = tickets
    self.outbox = outbox
    self.nextDue = nextDue
  }
}
