import Diagnostics
import LocatedYAML

/// Where the characters of a text stand in its file.
struct TextPlaces {
  private enum Notation {
    /// Each character stands for itself, on one line, this many columns behind the start.
    case verbatim(margin: Int)
    /// Escapes, folds or indentation lie between.
    case yaml(ScalarLocator)
    /// The position of each character, and of the end.
    case positions([Position])
  }

  private let text: Located<String>
  private let notation: Notation

  /// A YAML scalar. Most are verbatim, which needs no index of the file's lines.
  init(_ text: Located<String>, style: Scalar.Style, lines: @autoclosure () -> LineIndex) {
    self.text = text
    let place = text.place
    let surplus = place.end.column - place.start.column - text.value.unicodeScalars.count
    let isOneLine = place.start.line == place.end.line
    switch style {
    case .plain where isOneLine && surplus == 0: notation = .verbatim(margin: 0)
    case .singleQuoted where isOneLine && surplus == 2: notation = .verbatim(margin: 1)
    case .doubleQuoted where isOneLine && surplus == 2: notation = .verbatim(margin: 1)
    default: notation = .yaml(ScalarLocator(text, in: lines()))
    }
  }

  /// A cell of a CSV file; its place includes the quotes, within which `""` stands for a quote.
  init(csv text: Located<String>, isQuoted: Bool) {
    self.text = text
    if isQuoted, text.value.utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 == 0x0A }) {
      notation = .positions(Self.positions(ofQuotedCSV: text))
    } else {
      notation = .verbatim(margin: isQuoted ? 1 : 0)
    }
  }

  /// The place of the characters in `range`, which counts code points.
  func place(of range: Range<Int>) -> Place {
    switch notation {
    case .yaml(let locator): return locator.place(of: range)
    case .verbatim(let margin):
      let (line, column) = (text.place.start.line, text.place.start.column + margin)
      return Place(
        file: text.place.file, start: Position(line: line, column: column + range.lowerBound),
        end: Position(line: line, column: column + range.upperBound))
    case .positions(let positions):
      let last = positions.count - 1
      return Place(
        file: text.place.file, start: positions[min(range.lowerBound, last)],
        end: positions[min(range.upperBound, last)])
    }
  }

  private static func positions(ofQuotedCSV text: Located<String>) -> [Position] {
    var position = text.place.start
    position.column += 1
    var positions = [position]
    for character in text.value.unicodeScalars {
      if character == "\n" {
        position = Position(line: position.line + 1, column: 1)
      } else {
        position.column += character == "\"" ? 2 : 1
      }
      positions.append(position)
    }
    return positions
  }
}
