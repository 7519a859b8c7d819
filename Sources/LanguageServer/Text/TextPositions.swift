import Diagnostics
import LocatedYAML
import PluginProtocol

/// Converts between our positions, lines and code points from 1, and the editors', lines and UTF-16 units from 0.
struct TextPositions {
  let lines: LineIndex

  init(_ source: SourceText) { lines = LineIndex(source) }

  /// Past the end of a line, its end; between the halves of a surrogate pair, before it. O(length of the line).
  func position(line: Int, character: Int) -> Position {
    var units = 0
    var column = 1
    for scalar in lines.line(max(0, line) + 1).unicodeScalars {
      units += scalar.value > 0xFFFF ? 2 : 1
      if units > character { break }
      column += 1
    }
    return Position(line: max(0, line) + 1, column: column)
  }

  func position(_ value: JSONValue?) -> Position? {
    guard let line = value?["line"]?.integer, let character = value?["character"]?.integer else { return nil }
    return position(line: line, character: character)
  }

  func json(_ position: Position) -> JSONValue {
    let scalars = lines.line(position.line).unicodeScalars.prefix(position.column - 1)
    let units = scalars.reduce(0) { $0 + ($1.value > 0xFFFF ? 2 : 1) }
    return .object(["line": .integer(position.line - 1), "character": .integer(units)])
  }

  func json(_ place: Place) -> JSONValue {
    .object(["start": json(place.start), "end": json(place.end)])
  }
}
