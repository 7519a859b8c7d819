public import WorkingTime

/// Receives what happens in the service, for logs and metrics. Called from several tasks at once, and not awaited.
public typealias ServiceEvents = @Sendable (ServiceEvent) -> Void

/// What happened in the service.
public enum ServiceEvent: Hashable, Sendable {
  /// The state is open and the work begins. `isFirst`: nothing was known before.
  case started(watchingSince: Instant, isFirst: Bool)
  /// One page passed. `unchanged` of its tickets were known as they are.
  case evaluated(tickets: Int, unchanged: Int)
  /// A record could not be read, has no id, or one that stands twice; said once while it stays as it is.
  case unreadable(source: String, line: Int, message: String)
  /// Decisions were handed back to the store.
  case decisions(written: Int, conflicts: Int)
  case decisionRejected(ticket: String, reason: String)
  /// Notices were put into the outbox.
  case queued(Int)
  /// Notices were taken out of the outbox because nobody needs them any more.
  case withdrawn(Int)
  /// Notices arrived. `lag`: the most milliseconds after its time.
  case delivered(notifier: String, count: Int, late: Int, lag: Int64)
  /// Notices were refused for now.
  case postponed(notifier: String, count: Int)
  /// A notice was refused for ever; it is not tried again.
  case rejected(notifier: String, key: String, reason: String)
  /// What had ended was taken back.
  case resolved(notifier: String, count: Int)
  /// What had ended will not be taken back; it is not tried again.
  case resolutionRejected(notifier: String, key: String, reason: String)
  /// A notice names a notifier that there is not.
  case unknownNotifier(name: String, key: String)
  /// So many keys of what was delivered are not kept as they are any more: nobody asks for them.
  case forgotten(Int)
  /// When the next timer is due.
  case nextDue(Instant?)
  /// All tickets were read once with these rules.
  case swept(rulebook: String)
  /// These rules hold from now on.
  case rulesChanged(rulebook: String)
  /// The wall clock was set, or the machine slept, by so many milliseconds.
  case clockJumped(Int64)
  /// Something outside fails; the service goes on and tries again.
  case problem(ServiceProblem)
  /// What failed works again.
  case recovered(ServiceProblem.Source)
}

/// What fails, and when it is tried again.
public struct ServiceProblem: Error, Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    /// Reading the store.
    case store
    /// Writing decisions back into the store.
    case decisions
    case state
    case notifier(String)
  }

  public var source: Source
  /// What is wrong, in one sentence, without secrets.
  public var message: String
  /// How to mend it.
  public var hint: String?
  /// Milliseconds until the next attempt.
  public var retryAfter: Int64

  public init(_ source: Source, _ message: String, hint: String? = nil, retryAfter: Int64) {
    self.source = source
    self.message = message
    self.hint = hint
    self.retryAfter = retryAfter
  }
}
