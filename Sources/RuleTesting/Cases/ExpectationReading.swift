import Diagnostics
import LocatedYAML
import RuleEvaluator
import TicketModel
import WorkingTime

/// Resolves what a test expects against a rulebook; unknown names are reported with the nearest one.
struct ExpectationReading {
  let names: RuleNames
  let time: TestTime
  let reader: NodeReader

  var rulebook: Rulebook { names.rulebook }

  func expectation(_ declaration: ExpectationDeclaration) -> Expectation {
    var expectation = Expectation()
    expectation.priority = declaration.priority.flatMap { priority($0) }
    expectation.rows = declaration.row.map { rows($0) } ?? []
    expectation.route = declaration.route.flatMap { route($0) }
    expectation.tables = declaration.tables.map { tables($0) } ?? []
    expectation.windows = declaration.windows.map { windows($0) } ?? []
    expectation.findings = declaration.findings.flatMap { findings($0, "'findings'") }
    expectation.waived = declaration.waived.flatMap { findings($0, "'waived'") }
    expectation.notices = declaration.notices.flatMap { notices($0) }
    return expectation
  }

  // MARK: Priority, rows, route

  private func priority(_ node: Node) -> Located<Int?>? {
    guard let text = reader.text(node, "'priority'") else { return nil }
    if text.value == "none" { return Located(nil, at: text.place) }
    let levels = rulebook.priority?.levels ?? []
    if let level = levels.firstIndex(of: text.value) { return Located(level, at: text.place) }
    reader.report(.unknown("a priority", text, levels))
    return nil
  }

  /// A row's id, a list of ids, or rows by the names of their tables.
  private func rows(_ node: Node) -> [ExpectedRow] {
    if case .mapping = node.content {
      return (reader.entries(node, "'row'") ?? []).flatMap { entry -> [ExpectedRow] in
        guard let reference = table(entry.key) else { return [] }
        return (reader.texts(entry.value, "'row'") ?? []).compactMap { row($0, of: reference) }
      }
    }
    return (reader.texts(node, "'row'") ?? []).compactMap { uniqueRow($0) }
  }

  private func table(_ name: Located<String>) -> TableReference? {
    if let table = names.table(name.value) { return table }
    reader.report(.unknown("a table", name, names.tables.map(\.name)))
    return nil
  }

  private func uniqueRow(_ id: Located<String>) -> ExpectedRow? {
    let found = names.rows[id.value] ?? []
    if found.count == 1 { return ExpectedRow(table: found[0], row: id.value, place: id.place) }
    if found.isEmpty {
      reader.report(.unknown("a row", id, names.rows.keys.sorted()))
    } else {
      reader.report(.ambiguousRow(id))
    }
    return nil
  }

  private func row(_ id: Located<String>, of reference: TableReference) -> ExpectedRow? {
    rowID(id, of: reference).map { ExpectedRow(table: reference, row: $0.value, place: id.place) }
  }

  /// - Returns: nil after a message; nil inside for `otherwise`.
  private func rowID(_ id: Located<String>, of reference: TableReference) -> Located<String?>? {
    let rows = reference.table(in: rulebook)?.rows ?? []
    if rows.contains(where: { $0.id == id.value }) { return Located(id.value, at: id.place) }
    if id.value == "otherwise" { return Located(nil, at: id.place) }
    reader.report(.unknown("a row of this table", id, rows.map(\.id) + ["otherwise"]))
    return nil
  }

  private func route(_ node: Node) -> ExpectedRoute? {
    guard let section = reader.section(node, "'route'", keys: ["team", "assignee"]) else { return nil }
    if rulebook.routing == nil { reader.report(.nothingOfThat("routing", at: node.place)) }
    var route = ExpectedRoute()
    route.team = section["team"].flatMap { reader.text($0, "'team'") }
    route.assignee = section["assignee"].flatMap { reader.text($0, "'assignee'") }
    let teams = rulebook.routing?.teams.map(\.name) ?? []
    if let team = route.team, !teams.isEmpty, team.value != "none", !teams.contains(team.value) {
      reader.report(.unknown("a team", team, teams))
    }
    return route
  }

  // MARK: Tables

  private func tables(_ node: Node) -> [ExpectedTable] {
    (reader.entries(node, "'tables'") ?? []).compactMap { entry in
      guard let reference = table(entry.key) else { return nil }
      guard case .table(let index) = reference else {
        reader.report(.unknown("a table", entry.key, rulebook.tables.map(\.shortName)))
        return nil
      }
      return expectedTable(index, entry)
    }
  }

  private func expectedTable(_ index: Int, _ entry: Node.Entry) -> ExpectedTable {
    let table = rulebook.tables[index]
    var expected = ExpectedTable(table: index)
    for part in reader.entries(entry.value, "'\(entry.key.value)'") ?? [] {
      if let output = table.outputs.firstIndex(where: { $0.name == part.key.value }) {
        guard let text = reader.text(part.value, "'\(part.key.value)'") else { continue }
        expected.outputs.append((output, canonical(text, table.outputs[output].type)))
      } else if part.key.value == "rows" {
        expected.rows = rowList(part.value, of: .table(index))
      } else {
        reader.report(.unknown("an output of this table", part.key, table.outputs.map(\.name) + ["rows"]))
      }
    }
    return expected
  }

  private func rowList(_ node: Node, of table: TableReference) -> Located<[String?]>? {
    guard let ids = reader.texts(node, "'rows'") else { return nil }
    let rows = ids.compactMap { rowID($0, of: table) }
    return rows.count == ids.count ? Located(rows.map(\.value), at: node.place) : nil
  }

  /// The value as decisions show it: a choice by its key.
  private func canonical(_ text: Located<String>, _ type: FieldType) -> Located<String> {
    if text.value == "none" { return text }
    switch type {
    case .choice(let domain):
      if let index = domain.index(of: text.value) { return Located(domain.keys[index], at: text.place) }
      reader.report(.unknownChoice(text, domain.keys))
    case .boolean where text.value != "true" && text.value != "false":
      reader.report(.unknownChoice(text, ["true", "false"]))
    case .integer, .number:
      if let number = Double(text.value) { return Located(numberText(number), at: text.place) }
      reader.report(.notANumber(text))
    case .instant:
      return instant(text).map { Located($0.value.text(in: rulebook.timeZone), at: text.place) } ?? text
    case .duration: return duration(text).map { Located($0.text, at: text.place) } ?? text
    default: break
    }
    return text
  }

  // MARK: Times

  func instant(_ text: Located<String>) -> Located<Instant>? {
    do {
      return Located(try time.instant(text), at: text.place)
    } catch {
      reader.report(error.diagnostic)
      return nil
    }
  }

  func duration(_ text: Located<String>) -> TargetDuration? {
    do {
      return try time.duration(text)
    } catch {
      reader.report(error.diagnostic)
      return nil
    }
  }
}

/// The shortest decimal that reads back as the same number; whole numbers without a fraction.
func numberText(_ number: Double) -> String { Int64(exactly: number).map(String.init) ?? "\(number)" }
