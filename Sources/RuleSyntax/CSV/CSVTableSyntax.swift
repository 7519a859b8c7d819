public import Diagnostics
import LocatedYAML

/// Reads the rows of a decision table from a CSV file (RFC 4180, UTF-8).
///
/// The header names `id`, the table's inputs and outputs in any order, and optionally `expr`; `x-` columns are free
/// metadata. Cells have the grammar of `Cell`. An empty cell of an input holds for any value, an empty output is not
/// given.
public enum CSVTableSyntax {
  /// The rows that `source` holds, without what was reported.
  ///
  /// `ids` are those of the rulebook, to which the rows' are added: each stands once.
  public static func parse(
    _ source: SourceText, for table: DecisionTableDeclaration, ids: inout [String: Place],
    into diagnostics: inout [Diagnostic]
  ) -> [RowDeclaration] {
    let refused =
      YAMLDocument.problems(ofSize: source.bytes.count, path: source.path)
      + YAMLDocument.problems(ofCharactersIn: source, allowsIndentingTabs: true)
    guard refused.isEmpty else {
      diagnostics += refused
      return []
    }
    let parser = CSVTableParser(source, TableColumns(inputs: table.inputs, outputs: table.outputs))
    let rows = parser.rows(ids: &ids)
    diagnostics += parser.file.diagnostics
    return rows
  }
}

private struct CSVTableParser {
  private enum Column { case id, expression, input, output, metadata, unknown }

  let file: FileParser
  private let columns: TableColumns

  init(_ source: SourceText, _ columns: TableColumns) {
    file = FileParser(source)
    self.columns = columns
  }

  func rows(ids: inout [String: Place]) -> [RowDeclaration] {
    var records = CSVRecords(file.source)
    defer { for problem in records.problems { file.report(problem) } }
    guard let header = records.next() else {
      if records.problems.isEmpty { file.report(.missingHeader(at: Place(file: file.source.path, line: 1))) }
      return []
    }
    let roles = self.roles(of: header)
    var rows: [RowDeclaration] = []
    while let record = records.next() {
      if let row = row(record, header, roles, &ids) { rows.append(row) }
    }
    return rows
  }

  private func roles(of header: CSVRecord) -> [Column] {
    if header.cells.count == 1, header.cells[0].text.value.contains(";") {
      file.report(.semicolonsInHeader(at: header.place))
      return [.unknown]
    }
    let roles = header.cells.map { role(of: $0.text) }
    reportRepeatedColumns(of: header)
    let names = Set(header.cells.map(\.text.value))
    let needed = ["id"] + columns.inputs.map(\.name.value) + columns.outputs.map(\.name.value)
    for name in needed where !names.contains(name) { file.report(.missingColumn(name, at: header.place)) }
    return roles
  }

  private func reportRepeatedColumns(of header: CSVRecord) {
    var first: [String: Place] = [:]
    for name in header.cells.map(\.text) {
      if let place = first[name.value] {
        file.report(.duplicateColumn(name, first: place))
      } else {
        first[name.value] = name.place
      }
    }
  }

  private func role(of name: Located<String>) -> Column {
    switch (name.value, columns.role(of: name.value)) {
    case ("id", _): return .id
    case ("expr", _): return .expression
    case (_, .input): return .input
    case (_, .output): return .output
    case (let name, nil) where name.hasPrefix("x-"): return .metadata
    case (_, nil):
      file.report(.unknownColumn(name, known: columns.names))
      return .unknown
    }
  }

  private func row(
    _ record: CSVRecord, _ header: CSVRecord, _ roles: [Column], _ ids: inout [String: Place]
  ) -> RowDeclaration? {
    guard record.cells.count == header.cells.count else {
      file.report(.wrongCellCount(record.cells.count, expected: header.cells.count, at: record.place))
      return nil
    }
    var id: Located<String>?
    var condition = ConditionDeclaration(place: record.place)
    var outputs: [OutputValueDeclaration] = []
    for (index, cell) in record.cells.enumerated() {
      let isEmpty = cell.text.value.isEmpty
      switch roles[index] {
      case .id: id = self.id(cell.text, &ids)
      case .expression: condition.expression = isEmpty ? nil : cell.text
      case .input where !isEmpty:
        guard
          let parsed = file.cell(cell.text.value, places: TextPlaces(csv: cell.text, isQuoted: cell.isQuoted))
        else { continue }
        condition.cells.append(InputCellDeclaration(input: header.cells[index].text, cell: parsed))
      case .output where !isEmpty:
        outputs.append(OutputValueDeclaration(name: header.cells[index].text, value: .scalar(cell.text)))
      case .input, .output, .metadata, .unknown: break
      }
    }
    if outputs.isEmpty, roles.contains(.output) {
      file.report(.missingOutput("the row", columns.outputs, at: record.place))
    }
    return id.map { RowDeclaration(id: $0, condition: condition, outputs: outputs, place: record.place) }
  }

  private func id(_ text: Located<String>, _ ids: inout [String: Place]) -> Located<String>? {
    guard let id = file.checkedName(text, "a row's id") else { return nil }
    if let first = ids[id.value] {
      file.report(.duplicateID(id, first: first))
      return nil
    }
    ids[id.value] = id.place
    return id
  }
}
