import Diagnostics
import LocatedYAML
import TicketModel

/// All that is said about test files that cannot be run.
extension Diagnostic {
  static func unknownKey(_ key: Located<String>, of what: String, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-key", .error, "\(what) has no key \(quoted(key.value))", at: key.place,
      hint: nearest(key.value, known))
  }

  static func wrongShape(_ node: Node, expected: String, for what: String) -> Diagnostic {
    Diagnostic("wrong-shape", .error, "\(what) must be \(expected)", at: node.place)
  }

  static func missingKey(_ key: String, of what: String, at place: Place) -> Diagnostic {
    Diagnostic("missing-key", .error, "\(what) needs the key '\(key)'", at: place)
  }

  static func missingValue(at place: Place) -> Diagnostic {
    Diagnostic(
      "missing-value", .error, "a value is missing", at: place,
      hint: "write 'absent' where the ticket is to have none")
  }

  static func unknownFormat(_ format: Located<String>) -> Diagnostic {
    Diagnostic(
      "unknown-format", .error, "format \(quoted(format.value)) is not known", at: format.place,
      hint: "this version reads format 1")
  }

  static func unknown(_ kind: String, _ name: Located<String>, _ known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-name", .error, "\(quoted(name.value)) is not \(kind)", at: name.place,
      hint: nearest(name.value, known))
  }

  static func unknownField(_ name: Located<String>, _ known: [String]) -> Diagnostic {
    unknown("a field", name, known)
  }

  static func unknownChoice(_ value: Located<String>, _ known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-choice", .error, "\(quoted(value.value)) is not one of the values", at: value.place,
      hint: nearest(value.value, known))
  }

  static func ambiguousRow(_ id: Located<String>) -> Diagnostic {
    Diagnostic(
      "ambiguous-row", .error, "several tables have a row \(quoted(id.value))", at: id.place,
      hint: "write row: {TABLE: \(id.value)}; the table of a window's target has the window's name")
  }

  static func nothingOfThat(_ section: String, at place: Place) -> Diagnostic {
    Diagnostic("no-section", .error, "the rules have no '\(section)'", at: place)
  }

  private static func nearest(_ name: String, _ known: [String]) -> String? {
    if let suggestion = suggestion(for: name, among: known) { return suggestion }
    if known.isEmpty { return "the rules have none" }
    let shown = known.prefix(12).joined(separator: ", ")
    return known.count > 12 ? "known are \(shown), …" : "known are \(shown)"
  }
}

// MARK: - Values

extension Diagnostic {
  static func notANumber(_ text: Located<String>) -> Diagnostic {
    Diagnostic("bad-value", .error, "\(quoted(text.value)) is not a number", at: text.place)
  }

  static func unreadableTicket(_ reason: String, at place: Place) -> Diagnostic {
    Diagnostic("bad-value", .error, "the ticket cannot be read: \(reason)", at: place)
  }

  static func badValue(
    _ written: String, _ field: Field, _ kind: Ticket.Problem.Kind, at place: Place
  ) -> Diagnostic {
    let value = field.isMasked ? "this" : quoted(written)
    let what =
      switch kind {
      case .outOfRange: "is out of the range of"
      case .unknownChoice: "is not one of the values of"
      default: "is not a value of"
      }
    return Diagnostic(
      "bad-value", .error, "\(value) \(what) '\(field.name)', which is of type \(field.type.name)", at: place,
      hint: "a value that is wrong on purpose stands under 'unchecked'")
  }
}

// MARK: - Time

extension Diagnostic {
  static func notAnInstant(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "bad-instant", .error, "\(quoted(text.value)) is not an instant", at: text.place,
      hint: "write 2026-10-12T10:00, or an offset from the start such as '+2 working hours'")
  }

  static func badDuration(_ text: Located<String>, _ reason: String) -> Diagnostic {
    Diagnostic("bad-duration", .error, reason, at: text.place, hint: "write '2 hours' or '2 working hours'")
  }

  static func lengthInDays(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "bad-duration", .error, "\(quoted(text.value)) is not a length of time that has passed", at: text.place,
      hint: "windows count working time in hours and minutes: '15 hours' are two days of 7.5")
  }

  static func offsetWithoutStart(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "offset-without-start", .error, "\(quoted(text.value)) counts from the start, and the test has none",
      at: text.place, hint: "add 'start: 2026-10-12T09:00'")
  }

  static func offsetWithoutCalendar(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "offset-without-calendar", .error, "\(quoted(text.value)) needs a calendar", at: text.place,
      hint: "add 'calendar:' with the name of one of the rulebook's")
  }

  static func offsetOutOfRange(_ text: Located<String>) -> Diagnostic {
    Diagnostic("offset-out-of-range", .error, "\(quoted(text.value)) leads nowhere", at: text.place)
  }

  static func eventBeforeStart(_ text: Located<String>) -> Diagnostic {
    Diagnostic("event-before-start", .error, "the event is before the test's start", at: text.place)
  }

  static func eventOutOfOrder(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "event-out-of-order", .error, "the event is earlier than the one written before it", at: text.place,
      hint: "events of a base come first, then those of the test, then those of the case")
  }

  static func noInstant(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      "no-instant", .error, "it is not said as of when the test judges", at: name.place,
      hint: "add 'as_of: 2026-10-12T10:00', to the test or to the file")
  }
}

// MARK: - Tests

extension Diagnostic {
  static func expectsNothing(_ name: Located<String>, at place: Place?) -> Diagnostic {
    Diagnostic(
      "expects-nothing", .error, "the test expects nothing, so that it could not fail",
      at: place ?? name.place,
      hint: "add 'expect'")
  }

  static func emptyExpectation(at place: Place) -> Diagnostic {
    Diagnostic("expects-nothing", .error, "'expect' is empty, so that the test could not fail", at: place)
  }

  static func noValues(_ field: Located<String>) -> Diagnostic {
    Diagnostic(
      "no-values", .error, "\(quoted(field.value)) has no value, so that there is no case", at: field.place)
  }

  static func tooManyCases(_ name: Located<String>, _ count: Int) -> Diagnostic {
    Diagnostic(
      "too-many-cases", .error, "the test has \(count == .max ? "too many" : String(count)) cases",
      at: name.place,
      hint: "at most \(Combinations.limit) are run; list fewer values")
  }

  static func duplicateTest(_ name: Located<String>, first: Place) -> Diagnostic {
    Diagnostic(
      "duplicate-name", .error, "the file has two tests \(quoted(name.value))", at: name.place,
      related: [Related("the first", at: first)])
  }

  static func duplicateBase(_ name: Located<String>, first: Place) -> Diagnostic {
    Diagnostic(
      "duplicate-name", .error, "there are two bases \(quoted(name.value))", at: name.place,
      related: [Related("the first", at: first)])
  }

  static func circularBase(_ name: Located<String>) -> Diagnostic {
    Diagnostic("circular-base", .error, "the base \(quoted(name.value)) begins with itself", at: name.place)
  }
}
