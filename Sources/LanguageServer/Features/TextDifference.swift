import Diagnostics
import LocatedYAML
import PluginProtocol

/// What turns one text into another: one edit, from the first line that differs to the last.
enum TextDifference {
  static func edits(from source: SourceText, to text: String) -> [JSONValue] {
    let old = source.bytes
    let new = Array(text.utf8)
    if old == new { return [] }
    var start = zip(old, new).prefix { $0 == $1 }.count
    while start > 0, old[start - 1] != 0x0A { start -= 1 }
    var (oldEnd, newEnd) = (old.count, new.count)
    while oldEnd > start, newEnd > start, old[oldEnd - 1] == new[newEnd - 1] {
      oldEnd -= 1
      newEnd -= 1
    }
    // Back to the beginning of a line in both.
    while oldEnd < old.count, oldEnd > 0, old[oldEnd - 1] != 0x0A || newEnd > 0 && new[newEnd - 1] != 0x0A {
      oldEnd += 1
      newEnd += 1
    }
    let positions = TextPositions(source)
    let range = JSONValue.object([
      "start": positions.json(positions.lines.position(of: start)),
      "end": positions.json(positions.lines.position(of: oldEnd)),
    ])
    return [
      .object(["range": range, "newText": .text(String(decoding: new[start..<newEnd], as: UTF8.self))])
    ]
  }
}
