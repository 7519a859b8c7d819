import RuleEvaluator
import TestSupport
import TicketModel
import WorkingTime

/// The decision tables of a file as a Docket rulebook, and its decisions as values.
///
/// Names of DMN hold blanks, so columns are called by their numbers. Each table has one more output that tells apart
/// "nothing" from rows, since `otherwise` must give something.
struct DMNRulebook {
  private let file: DMNFile
  private let rulebook: Rulebook
  /// For each field, where its value stands in what is given, and the FEEL type.
  private var fields: [(name: String, path: [String], type: String)] = []
  private var columnTypes: [[String]] = []
  private(set) var yaml = ""

  init(_ file: DMNFile) throws {
    self.file = file
    var translation = Translation(file)
    yaml = try translation.yaml()
    fields = translation.fields
    columnTypes = translation.columnTypes
    rulebook = try compile(yaml)
  }

  /// What every table gives, by the name of its decision.
  func decisions(given: [String: JSONValue]) throws -> [String: JSONValue] {
    let members = try fields.compactMap { field in
      try value(at: field.path, in: given).flatMap { try json($0, field.type) }.map {
        "\"\(field.name)\": \($0)"
      }
    }
    let ticket = try rulebook.ticket("{\(members.joined(separator: ", "))}")
    let decision = rulebook.decision(about: ticket, at: .earliest)
    var values = [String: JSONValue]()
    for (index, table) in file.tables.enumerated() {
      guard let compiled = rulebook.tables.firstIndex(where: { $0.name == "tables.t\(index)" }) else {
        continue
      }
      values[table.decision] = value(
        of: decision.outcomes[compiled], decision, rulebook.tables[compiled], index)
    }
    return values
  }

  private func value(at path: [String], in given: [String: JSONValue]) -> JSONValue? {
    guard let name = path.first, let value = given[name] else { return nil }
    if path.count == 1 { return value }
    guard case .object(let members) = value else { return nil }
    return self.value(at: Array(path.dropFirst()), in: members)
  }

  private func json(_ value: JSONValue, _ type: String) throws -> String? {
    switch value {
    case .null: return nil
    case .boolean, .number: return value.description
    case .text(let text):
      guard type == "duration" else { return jsonString(text) }
      guard case .duration(let milliseconds) = try FEELParser.literal("@\"\(text)\"") else { return nil }
      return jsonString(TargetDuration.elapsed(milliseconds: milliseconds).text)
    case .list, .object: throw Untranslatable("the value \(value)")
    }
  }

  private func jsonString(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\n": "\\n"
      case "\t": "\\t"
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }

  // MARK: Outcomes

  private func value(
    of outcome: TableOutcome, _ decision: Decision, _ table: DecisionTable, _ index: Int
  ) -> JSONValue {
    switch outcome {
    case .row(let row): value(of: table.rows[row], index)
    case .otherwise: table.otherwise.map { value(of: $0, index) } ?? .null
    case .rows(let range): .list(decision.listedRows[range].map { value(of: table.rows[$0], index) })
    case .aggregate(let slot): .number(slot.kind == .number ? slot.double : Double(slot.integer))
    case .conflict, .overflow, .undecided: .null
    }
  }

  private func value(of row: DecisionTable.Row, _ index: Int) -> JSONValue {
    let outputs = file.tables[index].outputs
    let values = outputs.indices.map { value(of: row.outputs[$0], columnTypes[index][$0]) }
    // The table of an aggregate has no column for "nothing".
    if row.id == "otherwise", outputs.allSatisfy({ $0.default == nil }) { return .null }
    if outputs.count == 1 { return values[0] }
    return .object(Dictionary(zip(outputs.map { $0.name ?? "" }, values)) { first, _ in first })
  }

  private func value(of output: OutputValue, _ type: String) -> JSONValue {
    switch output {
    case .absent: .null
    case .boolean(let value): .boolean(value)
    case .integer(let value): .number(Double(value))
    case .number(let value): .number(value)
    case .choice(_, let text), .text(let text, _):
      switch type {
      case "number": Double(text).map(JSONValue.number) ?? .text(text)
      case "boolean": .boolean(text == "true")
      default: .text(text)
      }
    case .date(let date): .text(date.text)
    case .instant(let instant): .text(instant.text(in: .utc))
    case .duration(let duration): .text(duration.text)
    }
  }
}

/// DMN to the rule language.
private struct Translation {
  let file: DMNFile
  var fields: [(name: String, path: [String], type: String)] = []
  var columnTypes: [[String]] = []

  init(_ file: DMNFile) { self.file = file }

  mutating func yaml() throws -> String {
    columnTypes = try file.tables.map { table in
      try table.outputs.indices.map { column in
        try type(table.outputs[column].type, table.rows.map { try FEELParser.literal($0.then[column]) })
      }
    }
    let tables = try file.tables.indices.map { try self.table($0) }
    let declarations = fields.map { "  \($0.name): {type: \($0.type)}\n" }
    return "fields:\n  x: {type: string}\n\(declarations.joined())tables:\n\(tables.joined())"
  }

  private mutating func table(_ index: Int) throws -> String {
    let table = file.tables[index]
    var inputs = [String]()
    for column in table.inputs.indices { inputs.append(try input(column, of: index)) }
    if Set(inputs).count < inputs.count { throw Untranslatable("an input in two columns") }
    let aggregate = try aggregator(of: table)
    let hit = try aggregate.map { "collect \($0)" } ?? policy(table.hit ?? "UNIQUE")
    var outputs = try table.outputs.indices.map {
      "o\(index)_\($0): \(try outputType($0, of: index, aggregate))"
    }
    if aggregate == nil { outputs.append("n\(index): string") }
    var text = "  t\(index):\n    hit: \(hit)\n    inputs: [\(inputs.joined(separator: ", "))]\n"
    text += "    outputs: {\(outputs.joined(separator: ", "))}\n    rows:\n"
    for (number, row) in table.rows.enumerated() {
      let cells = try zip(inputs, row.when).map { "\($0): \(yaml(try cell(try FEELParser.tests($1))))" }
      let values = try self.values(row.then, index, whenEmpty: aggregate == nil ? "n\(index): row" : nil)
      text += "      - {\((["id: T\(index)-\(number)"] + cells + values).joined(separator: ", "))}\n"
    }
    let defaults = try self.values(table.outputs.map { $0.default ?? "null" }, index, whenEmpty: nil)
    let nothing =
      aggregate == nil
      ? ["n\(index): nothing"] : aggregate == "count" ? ["o\(index)_0: nothing"] : ["o\(index)_0: 0"]
    return text + "    otherwise: {\((defaults.isEmpty ? nothing : defaults).joined(separator: ", "))}\n"
  }

  /// `o0_1: Approved` for each output that is not null.
  private func values(_ texts: [String], _ index: Int, whenEmpty: String?) throws -> [String] {
    let values = try texts.enumerated().compactMap { column, text in
      try self.text(FEELParser.literal(text)).map { "o\(index)_\(column): \(yaml($0))" }
    }
    return values.isEmpty ? [whenEmpty].compactMap(\.self) : values
  }

  private func policy(_ hit: String) throws -> String {
    switch hit.uppercased() {
    case "U", "UNIQUE": "unique"
    case "A", "ANY": "any"
    case "F", "FIRST": "first"
    case "P", "PRIORITY": "priority"
    case "C", "COLLECT": "collect"
    case "R", "RULE ORDER": "rule-order"
    case "O", "OUTPUT ORDER": "output-order"
    default: throw Untranslatable("the hit policy \(hit)")
    }
  }

  private func aggregator(of table: DMNFile.Table) throws -> String? {
    guard try policy(table.hit ?? "UNIQUE") == "collect", let aggregation = table.aggregation else {
      return nil
    }
    switch aggregation.uppercased() {
    case "SUM", "+": return "sum"
    case "MIN", "<": return "min"
    case "MAX", ">": return "max"
    case "COUNT", "#": return "count"
    default: throw Untranslatable("the aggregation \(aggregation)")
    }
  }

  // MARK: Columns

  /// The field or the output that an input names.
  private mutating func input(_ column: Int, of index: Int) throws -> String {
    let input = file.tables[index].inputs[column]
    if let output = output(named: input.expression) { return output }
    let path = try path(input.expression)
    if let field = fields.first(where: { $0.path == path }) { return field.name }
    let cells = try file.tables[index].rows.flatMap { try FEELParser.tests($0.when[column]).literals }
    let type = try type(input.type, cells + file.cases.compactMap { $0.given.value(at: path)?.literal })
    fields.append((name: "i\(fields.count)", path: path, type: type))
    return "i\(fields.count - 1)"
  }

  /// `Decision`, or `Decision.output`.
  private func output(named expression: String) -> String? {
    for (index, table) in file.tables.enumerated() {
      if expression == table.decision, table.outputs.count == 1 { return "o\(index)_0" }
      for (column, output) in table.outputs.enumerated()
      where expression == "\(table.decision).\(output.name ?? "")" {
        return "o\(index)_\(column)"
      }
    }
    return nil
  }

  private func path(_ expression: String) throws -> [String] {
    if file.cases.contains(where: { $0.given[expression] != nil }) { return [expression] }
    let path = expression.split(separator: ".").map { $0.trimmingSpaces }
    let isName = path.joined().unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.isWhitespace || $0.value < 0x3A && $0.value > 0x2F
        || "_-'/".unicodeScalars.contains($0)
    }
    guard isName, !path.isEmpty else { throw Untranslatable("an input that is an expression: \(expression)") }
    return path
  }

  /// A type of the rule language: the declared one, or that of the values.
  private func type(_ name: String?, _ literals: [FEELLiteral]) throws -> String {
    switch name.map({ $0.split(separator: ":").last.map(String.init) ?? $0 }) {
    case "number"?, "integer"?, "double"?, "long"?: return "number"
    case "string"?: return "string"
    case "boolean"?: return "boolean"
    case "date"?: return "date"
    case "dateTime"?, "date and time"?, "dateAndTime"?: return "instant"
    case "days and time duration"?, "dayTimeDuration"?: return "duration"
    case "time"?, "years and months duration"?, "yearMonthDuration"?:
      throw Untranslatable("the type \(name ?? "")")
    case let other?:
      if let base = file.types?[other]?.type, base != other { return try type(base, literals) }
    case nil: break
    }
    return literals.lazy.compactMap(\.type).first ?? "string"
  }

  /// Outputs with a list of values are choices in that order.
  private func outputType(_ column: Int, of index: Int, _ aggregate: String?) throws -> String {
    let table = file.tables[index]
    let output = table.outputs[column]
    if let aggregate { return aggregate == "count" ? "string" : "number" }
    let declared = output.values ?? output.type.flatMap { file.types?[$0]?.values }
    guard let declared else { return columnTypes[index][column] }
    var keys = [String]()
    let given = try (table.rows.map { $0.then[column] } + [output.default ?? "null"]).map(FEELParser.literal)
    for literal in try FEELParser.literals(declared) + given {
      if let key = text(literal), !keys.contains(key) { keys.append(key) }
    }
    return "[\(keys.map(yaml).joined(separator: ", "))]"
  }

  // MARK: Cells

  private func cell(_ test: FEELTest) throws -> String {
    switch test {
    case .any: "any"
    case .equal(let literal): quoted(literal)
    case .differs(.null): "present"
    case .differs(let literal): "absent | not \(quoted(literal))"
    case .compared(let comparison, let literal): "\(comparison) \(quoted(literal))"
    case .interval(let lower, true, let upper, true): "\(quoted(lower))...\(quoted(upper))"
    case .interval(let lower, true, let upper, false): "\(quoted(lower))..<\(quoted(upper))"
    case .interval(let lower, false, let upper, let includesUpper):
      "not (<= \(quoted(lower)) | \(includesUpper ? ">" : ">=") \(quoted(upper)))"
    case .oneOf(let tests): try tests.map(cell).joined(separator: " | ")
    case .not(let tests): try complement(of: tests)
    }
  }

  /// Nothing is not equal to a value, so that `not("a")` holds for it; whether it is less than one is not known.
  private func complement(of tests: [FEELTest]) throws -> String {
    let others = tests.filter { $0 != .equal(.null) }
    let holdsForNull = others == tests && tests.allSatisfy { if case .equal = $0 { true } else { false } }
    if others.isEmpty { return "present" }
    return (holdsForNull ? "absent | " : "") + "not (\(try others.map(cell).joined(separator: " | ")))"
  }

  private func quoted(_ literal: FEELLiteral) -> String {
    guard let text = text(literal) else { return "absent" }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }

  /// As a rule file spells it; nil for null.
  private func text(_ literal: FEELLiteral) -> String? {
    switch literal {
    case .null: nil
    case .boolean(let value): String(value)
    case .number(let text), .text(let text), .date(let text), .instant(let text): text
    case .duration(let milliseconds): TargetDuration.elapsed(milliseconds: milliseconds).text
    }
  }

  private func yaml(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
}

extension FEELTest {
  var literals: [FEELLiteral] {
    switch self {
    case .any: []
    case .equal(let literal), .differs(let literal), .compared(_, let literal): [literal]
    case .interval(let lower, _, let upper, _): [lower, upper]
    case .oneOf(let tests), .not(let tests): tests.flatMap(\.literals)
    }
  }
}

extension FEELLiteral {
  /// The type of the rule language; nil for null.
  fileprivate var type: String? {
    switch self {
    case .null: nil
    case .boolean: "boolean"
    case .number: "number"
    case .text: "string"
    case .date: "date"
    case .instant: "instant"
    case .duration: "duration"
    }
  }
}

extension JSONValue {
  fileprivate var literal: FEELLiteral? {
    switch self {
    case .boolean(let value): .boolean(value)
    case .number: .number("0")
    case .text(let text): .text(text)
    case .null, .list, .object: nil
    }
  }
}

extension [String: JSONValue] {
  fileprivate func value(at path: [String]) -> JSONValue? {
    guard let name = path.first, let value = self[name] else { return nil }
    if path.count == 1 { return value }
    guard case .object(let members) = value else { return nil }
    return members.value(at: Array<String>(path.dropFirst()))
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
