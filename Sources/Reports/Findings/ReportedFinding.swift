public import Diagnostics

/// One thing that was found, about a ticket or about the rules, as every format of a report gets it.
public struct ReportedFinding: Sendable {
  /// What kind of event it is to notifiers.
  public enum Event: String, Sendable {
    case finding, review
    case breach = "window.breached"
    case warning = "window.warning"
  }

  /// Whether it counts.
  public enum Standing: Hashable, Sendable {
    case new
    /// It stands in the baseline: it was there before, and is accepted for now.
    case known
    /// Somebody took it upon himself; `waiver` is the index among the rulebook's.
    case waived(waiver: Int)
  }

  /// Where a ticket was read.
  public struct Record: Hashable, Sendable {
    /// The name of the file, or what the store calls its source.
    public var source: String
    /// From 1; 0 where lines mean nothing.
    public var line: Int

    public init(source: String, line: Int) {
      self.source = source
      self.line = line
    }

    /// `source:line`, or the source alone.
    public var text: String { line == 0 ? source : "\(source):\(line)" }

    /// The line of a file that a reader of the report can open; nil for a stream or a database.
    public var place: Place? {
      line == 0 || source == "stdin" ? nil : Place(file: source, line: line)
    }
  }

  /// What charts count of a breached window.
  public struct Breach: Hashable, Sendable {
    /// What people call the team that the ticket goes to.
    public var team: String?
    /// The type of the ticket, in words.
    public var type: String?
    /// The Monday of the week in which it was due, such as `2026-10-12`.
    public var week: String?

    public init(team: String?, type: String?, week: String?) {
      self.team = team
      self.type = type
      self.week = week
    }
  }

  /// The rule's id, or the code of a message about the rules.
  public var rule: String
  public var severity: Severity
  public var message: String
  /// The dotted name of the field that it is about.
  public var field: String?
  /// The id of the ticket; nil for a ticket without one, and for what is not about one ticket.
  public var ticket: String?
  /// Where the ticket was read; nil for what is not about one ticket.
  public var record: Record?
  /// Where the rule stands, relative to the rulebook's folder.
  public var rulePlace: Place?
  /// What to do about it.
  public var hint: String?
  public var event: Event
  public var standing: Standing
  public var breach: Breach?

  public init(
    rule: String, severity: Severity, message: String, field: String? = nil, ticket: String? = nil,
    record: Record? = nil, rulePlace: Place? = nil, hint: String? = nil, event: Event = .finding,
    standing: Standing = .new, breach: Breach? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.field = field
    self.ticket = ticket
    self.record = record
    self.rulePlace = rulePlace
    self.hint = hint
    self.event = event
    self.standing = standing
    self.breach = breach
  }

  /// The ticket's id, else where it was read; empty for what is not about one ticket.
  public var subject: String { ticket ?? record?.text ?? "" }

  /// What tells it from other findings, over runs: rule, ticket and field, and neither lines nor words. What is not about one
  /// ticket is told apart by its message.
  public var fingerprint: String {
    var hash = FNV1a()
    // Without an id only its place tells a ticket from others.
    let about = ticket ?? record?.text ?? ""
    for part in [rule, about, field ?? "", ticket == nil ? message : ""] { hash.add(part) }
    return hash.text
  }
}

/// The 64-bit hash FNV-1a (RFC 9923): the same in every run and on every machine, and no protection against forgers.
struct FNV1a {
  private var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Adds a text and its end, so that "ab", "c" and "a", "bc" differ.
  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0)
  }

  private mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

  /// 16 hexadecimal digits.
  var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
