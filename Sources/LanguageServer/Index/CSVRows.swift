import Diagnostics
import RuleSyntax

/// The ids of the rows of a table in a CSV file, which stand in its first column.
enum CSVRows {
  /// A quoted cell with a line end, which no id has, hides the ids behind it until the next line.
  static func ids(in source: SourceText) -> [Occurrence] {
    var found: [Occurrence] = []
    var isHeader = true
    for (number, line) in source.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let cell = line.prefix { $0 != UInt8(ascii: ",") && $0 != 0x0D }
      let text = String(decoding: cell, as: UTF8.self).filter { $0 != "\"" && $0 != "\u{FEFF}" }
      if isHeader {
        guard text == "id" else { return [] }
        isHeader = false
        continue
      }
      if text.isEmpty || text.contains(" ") { continue }
      let start = Position(line: number + 1, column: cell.first == UInt8(ascii: "\"") ? 2 : 1)
      let end = Position(line: number + 1, column: start.column + text.unicodeScalars.count)
      found.append(
        Occurrence(
          text: text, place: Place(file: source.path, start: start, end: end),
          content: .definition(.row, owner: "", value: nil), item: "row \(text)"))
    }
    return found
  }
}
