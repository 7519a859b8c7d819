/// `text` in lines of at most `width` columns; nothing is left out but spaces at the breaks.
///
/// Lines break at spaces and beside wide characters, but not before closing punctuation (the gist of UAX #14). A word
/// that is wider than a line is cut.
func wrapped(_ text: String, to width: Int) -> [String] {
  var lines = [String]()
  var line = ""
  var lineWidth = 0
  for piece in unbreakablePieces(of: text) {
    let pieceWidth = columnWidth(of: piece)
    let isSpace = piece.first == " "
    if lineWidth + pieceWidth > width, lineWidth > 0 {
      lines.append(line)
      (line, lineWidth) = ("", 0)
      if isSpace { continue }
    }
    for cut in pieces(of: piece, upTo: width) {
      if lineWidth > 0, lineWidth + columnWidth(of: cut) > width {
        lines.append(line)
        (line, lineWidth) = ("", 0)
      }
      line += cut
      lineWidth += columnWidth(of: cut)
    }
  }
  return lines + [line]
}

/// Runs of spaces, words, and single wide characters with the punctuation that closes them.
private func unbreakablePieces(of text: String) -> [String] {
  var pieces = [String]()
  var last: Character?
  for character in text {
    if let last, !canBreak(between: last, and: character) {
      pieces[pieces.count - 1].append(character)
    } else {
      pieces.append(String(character))
    }
    last = character
  }
  return pieces
}

private let closingPunctuation: Set<Character> = Set("，。、；：！？）】》〉」』”’…,.;:!?)]}%")
private let openingPunctuation: Set<Character> = Set("（【《〈「『“‘([{")

private func canBreak(between left: Character, and right: Character) -> Bool {
  if left == " " || right == " " { return left != right }
  if closingPunctuation.contains(right) || openingPunctuation.contains(left) { return false }
  return isWide(left) || isWide(right)
}

private func isWide(_ character: Character) -> Bool {
  character.unicodeScalars.first.map { columnWidth(of: $0) == 2 } ?? false
}

/// A word that is wider than `width`, cut into parts that are not; any other word whole.
private func pieces(of word: String, upTo width: Int) -> [String] {
  if columnWidth(of: word) <= width { return [word] }
  var parts = [""]
  var partWidth = 0
  for character in word {
    let characterWidth = columnWidth(of: String(character))
    if partWidth > 0, partWidth + characterWidth > width {
      parts.append("")
      partWidth = 0
    }
    parts[parts.count - 1].append(character)
    partWidth += characterWidth
  }
  return parts
}
