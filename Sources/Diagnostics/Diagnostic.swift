/// How bad a message is; `error` is the worst.
public enum Severity: String, Hashable, Comparable, CaseIterable, Sendable {
  case info, warning, error

  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// The stable, searchable name of a kind of message: lower case, words joined by hyphens.
///
/// Codes never change their meaning; each module declares its own in one file, next to the wording.
public struct DiagnosticCode: RawRepresentable, Hashable, Comparable, Sendable,
  ExpressibleByStringLiteral
{
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
  public init(stringLiteral value: String) { rawValue = value }

  public static func < (left: DiagnosticCode, right: DiagnosticCode) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// One message about a file: where, what, and how to mend it.
public struct Diagnostic: Hashable, Sendable, Error {
  /// A second place that the message is about, such as the first use of a name that exists twice.
  public struct Related: Hashable, Sendable {
    public var message: String
    public var place: Place

    public init(_ message: String, at place: Place) {
      self.message = message
      self.place = place
    }
  }

  public var code: DiagnosticCode
  public var severity: Severity
  /// One sentence without a full stop, starting in lower case.
  public var message: String
  public var place: Place?
  /// What to write instead, or the nearest name; one sentence without a full stop.
  public var hint: String?
  public var related: [Related]
  /// How to mend it, where that is mechanical.
  public var fix: Fix?

  public init(
    _ code: DiagnosticCode, _ severity: Severity, _ message: String, at place: Place?,
    hint: String? = nil, related: [Related] = [], fix: Fix? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.place = place
    self.hint = hint
    self.related = related
    self.fix = fix
  }
}

extension Array<Diagnostic> {
  public var containsErrors: Bool { contains { $0.severity == .error } }

  /// By file, position, severity and code; messages without a place come first. Equal messages appear once.
  public func sortedByPlace() -> [Diagnostic] {
    var seen = Set<Diagnostic>()
    return filter { seen.insert($0).inserted }.sorted(by: Diagnostic.precedes)
  }
}

extension Diagnostic {
  static func precedes(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    switch (left.place, right.place) {
    case (nil, .some): return true
    case (.some, nil): return false
    case (let first?, let second?) where first != second: return first < second
    default: break
    }
    if left.severity != right.severity { return left.severity > right.severity }
    return (left.code, left.message) < (right.code, right.message)
  }
}
