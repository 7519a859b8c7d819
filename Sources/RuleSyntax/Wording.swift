import Diagnostics
import LocatedYAML

// Every message of this module, apart from those about cells in `Cells/CellWording.swift`.

extension Diagnostic {
  // MARK: Keys, values and shapes

  static func unknownKey(
    _ key: Located<String>, of what: String, known: [String], value: Node
  ) -> Diagnostic {
    let space = spaceHint(key, value: value)
    let diagnostic = Diagnostic(
      "unknown-key", .error, "\(quoted(key.value)) is not a key of \(what)", at: key.place, hint: space)
    return space == nil ? diagnostic.suggesting(key, among: known, else: knownHint(known)) : diagnostic
  }

  /// In `{min:1}` YAML reads one key without a value.
  private static func spaceHint(_ key: Located<String>, value: Node) -> String? {
    guard case .scalar(let scalar) = value.content, scalar.isMissing, key.value.contains(":") else {
      return nil
    }
    return "a space must follow the ':'"
  }

  private static func knownHint(_ known: [String]) -> String? {
    known.isEmpty || known.count > 20 ? nil : "known: \(known.joined(separator: ", "))"
  }

  static func missingKey(_ key: String, of what: String, at place: Place) -> Diagnostic {
    Diagnostic("missing-key", .error, "\(what) needs \(quoted(key))", at: place)
  }

  static func misplacedKey(_ key: Located<String>, of owner: String, but actual: String) -> Diagnostic {
    Diagnostic(
      "misplaced-key", .error, "\(quoted(key.value)) belongs to \(owner), and this is \(actual)",
      at: key.place)
  }

  static func missingValue(_ what: String, at place: Place) -> Diagnostic {
    Diagnostic("missing-value", .error, "\(what) has no value", at: place)
  }

  static func emptyText(_ text: Located<String>, _ what: String, hint: String) -> Diagnostic {
    Diagnostic("empty-text", .error, "\(what) is empty", at: text.place, hint: hint)
  }

  static func wrongShape(_ node: Node, expected: String, for what: String) -> Diagnostic {
    Diagnostic(
      "wrong-shape", .error, "\(what) must be \(expected), not \(node.shape)", at: node.place,
      hint: shapeHint(node, expected: expected))
  }

  private static func shapeHint(_ node: Node, expected: String) -> String? {
    switch node.content {
    case .scalar(let scalar) where expected == "a mapping" && scalar.text.contains(":"):
      "a space must follow the ':' of a key"
    case .scalar(let scalar) where expected == "a list": "write [\(scalar.text.prefix(60))]"
    case .sequence where expected == "a text", .mapping where expected == "a text":
      "quote a text that holds brackets, commas or ': '"
    default: nil
    }
  }

  static func notABoolean(_ text: Located<String>) -> Diagnostic {
    let isTrue =
      ["yes", "on", "y", "1"].contains(text.value.lowercased()) || text.value.lowercased() == "true"
    return Diagnostic(
      "not-a-boolean", .error, "\(quoted(text.value)) is neither true nor false", at: text.place,
      hint: "write \(isTrue ? "true" : "false")")
  }

  static func unknownWord(_ text: Located<String>, _ what: String, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-word", .error, "\(what) cannot be \(quoted(text.value))", at: text.place
    )
    .suggesting(text, among: known, else: knownHint(known))
  }

  static func invalidName(_ name: Located<String>, _ what: String) -> Diagnostic {
    let reason = name.value.isEmpty ? "is empty" : "has white space in \(quoted(name.value))"
    return Diagnostic("invalid-name", .error, "\(what) \(reason)", at: name.place)
  }

  static func notALanguage(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "not-a-language", .error, "\(quoted(text.value)) is not a language tag", at: text.place,
      hint: "write a tag such as en, zh or zh-Hant")
  }

  static func notAnExpression(_ node: Node) -> Diagnostic {
    Diagnostic(
      "cut-expression", .error, "YAML reads \(node.shape) here, not an expression", at: node.place,
      hint: "write the expression under '|-'")
  }

  static func cutExpression(at place: Place) -> Diagnostic {
    Diagnostic(
      "cut-expression", .error, "YAML ends this expression before ' #'", at: place,
      hint: "write the expression under '|-', and a comment on a line of its own")
  }

  // MARK: Files and names

  static func tooManyProblems(at place: Place?) -> Diagnostic {
    Diagnostic(
      "too-many-problems", .error,
      "this and what follows in the file is not listed: there are too many problems",
      at: place)
  }

  static func missingFormat(at place: Place) -> Diagnostic {
    Diagnostic("missing-format", .error, "a rule file begins with 'format: 1'", at: place)
  }

  static func unknownFormat(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "unknown-format", .error, "this version knows format 1, not \(quoted(text.value))", at: text.place)
  }

  static func duplicateSection(_ key: Located<String>, first: Place) -> Diagnostic {
    Diagnostic(
      "duplicate-section", .error, "\(quoted(key.value)) stands in two files of the rulebook", at: key.place,
      hint: "keep it in one of them", related: [.init("the first one", at: first)])
  }

  static func duplicateName(_ name: Located<String>, _ what: String, first: Place) -> Diagnostic {
    Diagnostic(
      "duplicate-name", .error, "there are two \(what) named \(quoted(name.value))", at: name.place,
      hint: "rename or remove one of them", related: [.init("the first one", at: first)])
  }

  static func duplicateID(_ id: Located<String>, first: Place) -> Diagnostic {
    Diagnostic(
      "duplicate-id", .error, "the id \(quoted(id.value)) stands twice in the rulebook", at: id.place,
      hint: "give each row, window and check an id of its own", related: [.init("the first one", at: first)])
  }

  // MARK: Fields

  static func emptyPart(ofField name: Located<String>) -> Diagnostic {
    Diagnostic(
      "invalid-name", .error, "the field name \(quoted(name.value)) has an empty part", at: name.place,
      hint: "write the names of nested objects as 'contact.name'")
  }

  static func typeWithoutMapping(_ node: Node, type: String) -> Diagnostic {
    Diagnostic(
      "wrong-shape", .error, "a field must be a mapping, not a text", at: node.place,
      hint: "write {type: \(type)}")
  }

  // MARK: Tables

  static func reservedColumn(_ name: Located<String>) -> Diagnostic {
    let meaning = name.value == "id" ? "the row's id" : "the row's expression"
    return Diagnostic(
      "reserved-name", .error, "a column cannot be named \(quoted(name.value)), which is \(meaning)",
      at: name.place, hint: "give it another name, as in {ticket_\(name.value): \(name.value)}")
  }

  static func inputForm(_ node: Node) -> Diagnostic {
    Diagnostic(
      "wrong-shape", .error, "an input must be a name or one {name: expression}", at: node.place)
  }

  static func inputAndOutput(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      "duplicate-column", .error, "\(quoted(name.value)) is an output of this table, and cannot be an input",
      at: name.place)
  }

  static func missingOutput(_ what: String, _ outputs: [OutputDeclaration], at place: Place) -> Diagnostic {
    Diagnostic(
      "missing-output", .error,
      "\(what) gives no output; the table has \(outputs.map { quoted($0.name.value) }.joined(separator: ", "))",
      at: place)
  }

  static func rowWithoutID(at place: Place) -> Diagnostic {
    Diagnostic("missing-key", .error, "a row needs 'id'", at: place)
  }

  static func emptyCondition(_ what: String, at place: Place) -> Diagnostic {
    Diagnostic(
      "empty-condition", .error, "\(what) asks nothing", at: place, hint: "remove it, or name an input")
  }

  static func emptyList(_ what: String, at place: Place) -> Diagnostic {
    Diagnostic("empty-list", .error, "\(what) is empty", at: place)
  }

  // MARK: Time

  static func notADate(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "not-a-date", .error, "\(quoted(text.value)) is not a date", at: text.place,
      hint: "write year-month-day, such as 2026-03-01; for several days 2026-10-01..2026-10-07")
  }

  static func noSuchDay(_ text: Located<String>) -> Diagnostic {
    Diagnostic("not-a-date", .error, "the day \(quoted(text.value)) does not exist", at: text.place)
  }

  static func reversedDates(_ text: Located<String>) -> Diagnostic {
    Diagnostic("reversed-range", .error, "\(quoted(text.value)) ends before it begins", at: text.place)
  }

  static func notHours(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "not-hours", .error, "\(quoted(text.value)) is not a stretch of a day", at: text.place,
      hint: "write hours such as 09:00-12:00")
  }

  static func noSuchTime(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "not-hours", .error, "\(quoted(text.value)) has a time that does not exist", at: text.place,
      hint: "a day goes from 00:00 to 24:00, which only an end can be")
  }

  static func unknownWeekday(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "unknown-word", .error, "\(quoted(text.value)) is no weekday or range of weekdays", at: text.place,
      hint: "write mon, tue, wed, thu, fri, sat, sun, mon-fri, or 'sat, sun'")
  }

  static func duplicateWeekday(_ weekday: Weekday, in key: Located<String>, first: Place) -> Diagnostic {
    Diagnostic(
      "duplicate-weekday", .error, "\(quoted(key.value)) names \(weekday.name) again", at: key.place,
      hint: "list all hours of a weekday together", related: [.init("the first one", at: first)])
  }

  static func notAHoliday(_ node: Node) -> Diagnostic {
    Diagnostic(
      "wrong-shape", .error, "a holiday must be a date, a range of dates, or one {file: …} or {ics: …}",
      at: node.place)
  }

  // MARK: Windows

  static func notATarget(at place: Place) -> Diagnostic {
    Diagnostic(
      "wrong-shape", .error, "'target' must be a duration, {by: …}, or a decision table with 'hit'", at: place
    )
  }

  static func notAWarning(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "not-a-warning", .error, "\(quoted(text.value)) is no time to warn at", at: text.place,
      hint: "write a percentage from 1% to 100%, or 'due - 1 working hour'")
  }

  static func notAnEscalationLevel(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "not-an-escalation-level", .error, "\(quoted(text.value)) is no time to escalate at", at: text.place,
      hint: "write 'due', 'due + 4 working hours', 'due - 1 working hour', or a percentage from 1% to 100%")
  }

  // MARK: CSV

  static func unclosedQuote(at place: Place) -> Diagnostic {
    Diagnostic("csv-syntax", .error, "the quote is not closed", at: place)
  }

  static func textBehindQuote(at place: Place) -> Diagnostic {
    Diagnostic(
      "csv-syntax", .error, "text follows the closing quote", at: place,
      hint: "write \"\" for a quote inside a quoted cell")
  }

  static func missingHeader(at place: Place) -> Diagnostic {
    Diagnostic("csv-syntax", .error, "the table has no header", at: place, hint: "begin with the column 'id'")
  }

  static func semicolonsInHeader(at place: Place) -> Diagnostic {
    Diagnostic(
      "csv-syntax", .error, "the columns are separated by ';'", at: place, hint: "separate them by ','")
  }

  static func unknownColumn(_ name: Located<String>, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-column", .error, "\(quoted(name.value)) is no input or output of the table", at: name.place
    )
    .suggesting(name, among: known, else: knownHint(known))
  }

  static func duplicateColumn(_ name: Located<String>, first: Place) -> Diagnostic {
    Diagnostic(
      "duplicate-column", .error, "the column \(quoted(name.value)) stands twice", at: name.place,
      related: [.init("the first one", at: first)])
  }

  static func missingColumn(_ name: String, at place: Place) -> Diagnostic {
    Diagnostic("missing-column", .error, "the column \(quoted(name)) is missing", at: place)
  }

  static func wrongCellCount(_ count: Int, expected: Int, at place: Place) -> Diagnostic {
    Diagnostic(
      "wrong-cell-count", .error, "this row has \(count) cells, and the header \(expected)", at: place,
      hint: count > expected ? "quote a cell that holds a comma" : nil)
  }
}

extension Node {
  /// As messages name it.
  var shape: String {
    switch content {
    case .scalar: "a text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .refused: "what YAML refused"
    }
  }
}
