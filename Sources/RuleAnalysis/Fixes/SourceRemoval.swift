import Diagnostics
import RuleEvaluator

/// Takes rows and inputs out of the files that they stand in, where that is plainly possible.
///
/// A row goes with its lines, if nothing else stands on them; an input goes out of a list on one line. Everything else is
/// left to people.
struct SourceRemoval {
  private let sources: [String: SourceText]

  init(_ sources: [SourceText]) {
    self.sources = Dictionary(sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func fix(removing row: DecisionTable.Row) -> Fix? {
    guard let source = sources[row.place.file], let lines = wholeLines(of: row.place, in: source) else {
      return nil
    }
    return Fix(Wording.removeRow(row.id), [Fix.Edit(lines, replacement: "")])
  }

  /// The lines of a row of a list or of a CSV file; nil where something else stands on them.
  private func wholeLines(of place: Place, in source: SourceText) -> Place? {
    guard let first = source.line(place.start.line), let last = source.line(place.end.line) else {
      return nil
    }
    let before = String(String.UnicodeScalarView(first.unicodeScalars.prefix(place.start.column - 1)))
    let behind = String(String.UnicodeScalarView(last.unicodeScalars.dropFirst(place.end.column - 1)))
    let isRecord = !source.path.hasSuffix(".yaml") && !source.path.hasSuffix(".yml")
    let begins =
      isRecord ? before.isEmpty : before.allSatisfy { $0 == " " || $0 == "-" } && before.contains("-")
    let rest = behind.drop { $0 == " " }
    guard begins, rest.isEmpty || !isRecord && rest.hasPrefix("#") && behind.hasPrefix(" ") else {
      return nil
    }
    return Place(
      file: place.file, start: Position(line: place.start.line, column: 1),
      end: Position(line: place.end.line + 1, column: 1))
  }

  /// Only of tables whose rows stand in the same file: a CSV file has a column for each input.
  func fix(removing input: DecisionTable.Input, of table: DecisionTable) -> Fix? {
    let place = input.place
    guard table.inputs.count > 1, table.rows.allSatisfy({ $0.place.file == place.file }),
      input.expression == nil,
      let line = sources[place.file]?.line(place.start.line).map({ Array($0.unicodeScalars) }),
      place.start.line == place.end.line,
      let columns = listed(place.start.column - 1..<place.end.column - 1, in: line)
    else { return nil }
    let stretch = Place(
      file: place.file, start: Position(line: place.start.line, column: columns.lowerBound + 1),
      end: Position(line: place.start.line, column: columns.upperBound + 1))
    return Fix(Wording.removeInput(input.name), [Fix.Edit(stretch, replacement: "")])
  }

  /// An item of a list on one line, with the comma and the spaces that go with it.
  private func listed(_ item: Range<Int>, in line: [Unicode.Scalar]) -> Range<Int>? {
    guard item.upperBound <= line.count else { return nil }
    var end = item.upperBound
    if end < line.count, line[end] == "," {
      end += 1
      while end < line.count, line[end] == " " { end += 1 }
      return end < line.count ? item.lowerBound..<end : nil
    }
    var start = item.lowerBound
    while start > 0, line[start - 1] == " " { start -= 1 }
    guard start > 0, line[start - 1] == ",", end < line.count, line[end] == "]" else { return nil }
    return start - 1..<end
  }
}
