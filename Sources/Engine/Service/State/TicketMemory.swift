public import WorkingTime

/// What the state keeps of one ticket.
public struct TicketMemory: Hashable, Sendable {
  public var id: String
  /// The number of the rules that it was last decided by.
  public var generation: Int
  /// The hash of its record when it was last decided.
  public var digest: UInt64
  public var evaluatedAt: Instant
  /// When it must be decided again if nothing happens to it; nil for never.
  public var nextDue: Instant?
  /// Hashes of the keys of notices that were history when they were first seen, or were sent long ago: they are never sent.
  public var known: [UInt64]
  /// The findings as last reported.
  public var findings: ReportedFindings
  /// Who got it by a team's turns; nil where nobody did.
  public var assignment: Assignment?
  public var targets: TargetMemory

  /// As `known` holds it.
  public static func hash(ofKey key: String) -> UInt64 { StableHash.of(key) }

  public init(
    id: String, generation: Int, digest: UInt64, evaluatedAt: Instant, nextDue: Instant?,
    known: [UInt64] = [], findings: ReportedFindings = ReportedFindings(), assignment: Assignment? = nil,
    targets: TargetMemory = TargetMemory()
  ) {
    self.id = id
    self.generation = generation
    self.digest = digest
    self.evaluatedAt = evaluatedAt
    self.nextDue = nextDue
    self.known = known
    self.findings = findings
    self.assignment = assignment
    self.targets = targets
  }
}

/// A ticket as it is recalled: also what waits in the outbox for it, and what was delivered and may be taken back.
public struct RememberedTicket: Hashable, Sendable {
  public var memory: TicketMemory
  public var pending: Set<DeliveryName>
  /// Of notifiers that take back, and not what is about a group of tickets.
  public var told: Set<DeliveryName> = []

  public init(_ memory: TicketMemory, pending: Set<DeliveryName> = []) {
    self.memory = memory
    self.pending = pending
  }
}
