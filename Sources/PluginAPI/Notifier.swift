/// Delivers notices. The engine calls `open` once, then `deliver` any number of times, then `close`.
public protocol Notifier: Sendable {
  /// Called once, before anything else. Throws `.configuration` with a pointer to the wrong key.
  func open(_ configuration: PluginConfiguration) async throws(PluginError)

  /// Called by `docket plugin check`. Has no side effects.
  func check() async throws(PluginError) -> [PluginProblem]

  /// Delivers in order and answers with one receipt a delivery, in the same order.
  ///
  /// A key that comes again was delivered or attempted before: it must arrive once where the channel allows it.
  func deliver(_ deliveries: [Delivery]) async throws(PluginError) -> [Receipt]

  /// What this notifier can do besides delivering. Asked after `open`, and stays as it is until `close`.
  var capabilities: NotifierCapabilities { get async }

  /// Takes back what was delivered under these keys, such as an alert whose cause is gone, with one receipt a key.
  ///
  /// Called only where `capabilities` has `.resolve`. A key that was never delivered is `.delivered`: nothing is left of it.
  func resolve(_ keys: [String]) async throws(PluginError) -> [Receipt]

  /// Called once, after the last delivery; buffered output is complete when it returns.
  func close() async throws(PluginError)
}

extension Notifier {
  public var capabilities: NotifierCapabilities { [] }

  public func resolve(_ keys: [String]) async throws(PluginError) -> [Receipt] {
    throw PluginError(.permanent, "this notifier takes nothing back")
  }
}

/// What a notifier can do besides delivering.
public struct NotifierCapabilities: OptionSet, Hashable, Sendable {
  /// Takes back what was delivered.
  public static let resolve = NotifierCapabilities(rawValue: 1)

  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
}

/// One notice on its way to one channel.
public struct Delivery: Hashable, Sendable {
  /// Stable over restarts: ticket, rule, window, cycle and level.
  public var key: String
  /// What kind of notice it is, such as `finding` or `window.breached`.
  public var notice: String
  /// The ticket's id.
  public var ticket: String
  /// The id of the rule that the notice speaks of.
  public var rule: String
  /// Where that rule stands, `file:line`, relative to the rulebook's folder; for a malformed record its own place.
  public var place: String
  /// Recipients as the rules name them; empty where the channel decides.
  public var to: [String]
  public var title: String
  public var body: String
  public var severity: Severity

  public enum Severity: String, Hashable, Sendable { case info, warning, error }

  public init(
    key: String, notice: String, ticket: String, rule: String, place: String = "", to: [String] = [],
    title: String, body: String, severity: Severity
  ) {
    self.key = key
    self.notice = notice
    self.ticket = ticket
    self.rule = rule
    self.place = place
    self.to = to
    self.title = title
    self.body = body
    self.severity = severity
  }
}

/// What became of one delivery.
public struct Receipt: Hashable, Sendable {
  public enum Status: Hashable, Sendable {
    case delivered
    /// Never to be tried again.
    case rejected(reason: String)
    case retry(afterMilliseconds: Int64)
  }

  public var key: String
  public var status: Status

  public init(key: String, status: Status) {
    self.key = key
    self.status = status
  }
}
