/// Something about a ticket that does not hold: numbers only, so that finding one costs next to nothing. Words come
/// from `FindingText`.
public struct Finding: Sendable {
  public enum Kind: Sendable {
    /// A required field has no value. `rule` is a requirement, `field` the field.
    case missingField
    /// A value does not fit its field. `field` is the field; `detail` is an index in `Ticket.problems`.
    case badValue
    /// A text does not match its field's regular expression.
    case mismatch
    /// A text or a list is larger than its field declares. `field` is the field; `detail` is how many characters or items
    /// it has, or -1 where only a part of it is too large.
    case tooLarge
    /// A check's expression is false. `rule` is the check.
    case failedCheck
    /// An expression gave no value; `rule` is the expression, `detail` an index in `Decision.failures`.
    case failedExpression
    /// The history has a flaw; `detail` is an index in `Ticket.problems`.
    case badHistory
    /// The ticket's own priority is another than the decided one. `detail` is the index of its own.
    case otherPriority
    /// Two rows of a table that must not match together. `rule` is the table, `detail` both rows.
    case conflictingRows
    /// The aggregate of a table does not fit 64 bits.
    case overflow
    /// No row of a table matches and it has no `otherwise`, for an input is invalid.
    case undecided
    /// A window's target has passed. `rule` is the window.
    case breached
    /// A window is about to breach.
    case warned
    /// A window stops before it starts.
    case reversedWindow
    /// A window needs the history to be computed, and the ticket has none.
    case windowNeedsHistory
    /// A window's target depends on a decision that was not made.
    case windowWithoutTarget
    /// A calculated instant lies outside of the years that calendars cover.
    case windowOutOfRange
    /// The history goes from one state to another that may not follow. `rule` is the state entered, `field` the workflow's
    /// field.
    case forbiddenStep
    /// The history begins in another state than the workflow's first. `rule` is that state, `field` the workflow's field.
    case wrongInitialState
    /// A field that a state needs has no value when the state is entered. `rule` is the state, `field` the field.
    case missingInState
    /// A check that guards a state does not hold when the state is entered. `rule` is the check.
    case failedGuard
  }

  public var kind: Kind
  /// Beside the kind there is room for it.
  private var waiverIndex: Int32 = -1
  /// The index of the rule: what it indexes depends on the kind.
  public var rule: Int
  /// The slot of the field that the finding is about, or -1.
  public var field: Int
  public var detail: Int64

  public init(_ kind: Kind, rule: Int, field: Int = -1, detail: Int64 = 0) {
    self.kind = kind
    self.rule = rule
    self.field = field
    self.detail = detail
  }

  /// The index in `Rulebook.waivers` of the waiver that takes it back; -1 for a finding that counts.
  public var waiver: Int {
    get { Int(waiverIndex) }
    set { waiverIndex = Int32(clamping: newValue) }
  }

  public var isWaived: Bool { waiverIndex >= 0 }
}

/// Findings about the workflow keep an event and a state in their `detail`.
extension Finding {
  /// - Parameters:
  ///   - event: the index in `Ticket.events`; nil where it is about the ticket as it is.
  ///   - state: the state that was left, or that a field or a guard belongs to.
  init(_ kind: Kind, rule: Int, field: Int = -1, event: Int?, state: Int) {
    self.init(kind, rule: rule, field: field, detail: Int64((event ?? -1) + 1) << 32 | Int64(state))
  }

  var isAboutState: Bool {
    switch kind {
    case .forbiddenStep, .wrongInitialState, .missingInState, .failedGuard: true
    default: false
    }
  }

  /// The index in `Ticket.events` of the event that the finding is about; nil where it is about the ticket as it is.
  public var event: Int? {
    isAboutState && detail >> 32 > 0 ? Int(detail >> 32) - 1 : nil
  }

  /// The state in `detail`.
  var state: Int { Int(detail & 0xFFFF_FFFF) }
}
