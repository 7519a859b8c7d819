/// Writes YAML of the subset in untidy layouts: odd indentation and spaces, comments anywhere, all styles of texts.
struct YAMLGenerator {
  private var state: UInt64
  private(set) var comments: [String] = []

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func document() -> String {
    var text = chance(4) ? comment("") : ""
    text += random(2) == 0 ? mapping(indent: 0, depth: 0) : sequence(indent: 0, depth: 0)
    return text + (chance(4) ? comment("") : "")
  }

  private mutating func random(_ count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(count))
  }

  private mutating func chance(_ count: Int) -> Bool { random(count) == 0 }
  private mutating func pick<Item>(_ items: [Item]) -> Item { items[random(items.count)] }
  private mutating func spaces(_ least: Int) -> String {
    String(repeating: " ", count: least + (chance(4) ? random(4) : 0))
  }

  private mutating func mapping(indent: Int, depth: Int) -> String {
    var text = ""
    for index in 0..<1 + random(5) {
      text += interlude(indent)
      text += String(repeating: " ", count: indent) + "k\(index)" + pick(["", "", "长", "-x"]) + ":"
      text += blockValue(indent: indent, depth: depth, isItem: false)
    }
    return text
  }

  private mutating func sequence(indent: Int, depth: Int) -> String {
    var text = ""
    for _ in 0..<1 + random(4) {
      text += interlude(indent)
      text +=
        String(repeating: " ", count: indent) + "-" + blockValue(indent: indent, depth: depth, isItem: true)
    }
    return text
  }

  /// Ends with a line end.
  private mutating func blockValue(indent: Int, depth: Int, isItem: Bool) -> String {
    let inner = indent + 1 + random(4)
    switch depth > 3 ? random(4) : random(9) {
    case 0: return trailing("")
    case 1, 2: return trailing(spaces(1) + scalar(inFlow: false))
    case 3: return trailing(spaces(1) + flow(depth: depth))
    case 4: return blockText(indent: inner)
    case 5: return trailing(spaces(1) + longFlow(inner))
    case 6 where isItem:
      // The first key stands behind the dash.
      let gap = random(3) + 1
      let nested = mapping(indent: indent + 1 + gap, depth: depth + 1)
      return nested.first == " " && !nested.hasPrefix(String(repeating: " ", count: indent + 2 + gap))
        ? String(repeating: " ", count: gap) + nested.drop { $0 == " " } : "\n" + nested
    case 6, 7: return trailing("") + mapping(indent: inner, depth: depth + 1)
    default: return trailing("") + sequence(indent: isItem ? inner : indent + random(3), depth: depth + 1)
    }
  }

  private mutating func interlude(_ indent: Int) -> String {
    var text = chance(6) ? String(repeating: "\n", count: 1 + random(3)) : ""
    if chance(5) { text += comment(String(repeating: " ", count: chance(3) ? random(8) : indent)) }
    return text
  }

  private mutating func comment(_ margin: String) -> String {
    comments.append("# comment \(comments.count): [x] {y} 'z' —")
    return margin + comments[comments.count - 1] + "\n"
  }

  private mutating func trailing(_ text: String) -> String { text + (chance(6) ? comment(spaces(1)) : "\n") }

  private mutating func scalar(inFlow: Bool) -> String {
    switch random(inFlow ? 5 : 6) {
    case 0: return pick(["'it''s'", "'# no comment'", "'a: b'", "''"])
    case 1: return pick(["\"tab\\t\"", "\"# none\"", "\"\\u4e2d\"", "\"a, b\""])
    case 2: return pick(["高", "处理中-受阻", "🙂 ok", "e\u{301}"])
    case 5: return pick(["a, b", "not (a | b)", "has(x) && y[0] == {1}.z", "a#b"])
    default: return pick(["text", "two words", "2026-01-01..2026-01-07", "09:00-12:00", "80%", "-1", "a:b"])
    }
  }

  private mutating func flow(depth: Int) -> String {
    let count = random(4)
    if chance(2) {
      let items = (0..<count).map { _ in spaces(0) + flowItem(depth) + spaces(0) }
      return "[" + items.joined(separator: ",") + "]"
    }
    let entries = (0..<count).map { "\(spaces(0))f\($0):\(spaces(1))\(flowItem(depth))\(spaces(0))" }
    return "{" + entries.joined(separator: ", ") + "}"
  }

  private mutating func flowItem(_ depth: Int) -> String {
    depth < 5 && chance(4) ? flow(depth: depth + 2) : scalar(inFlow: true)
  }

  private mutating func longFlow(_ indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    let isList = chance(2)
    var text = isList ? "[" : "{"
    for index in 0..<1 + random(3) {
      if index > 0 { text += "," + (chance(3) ? comment(" ") : "\n") }
      if index == 0, chance(2) { text += "\n" }
      text += margin + (isList ? "" : "m\(index): ") + flowItem(3)
    }
    return text + (chance(2) ? "\n" + margin : "") + (isList ? "]" : "}")
  }

  private mutating func blockText(indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var text = " " + pick(["|", ">", "|-", ">-", "|+", ">+"]) + (chance(6) ? comment(" ") : "\n")
    for index in 0..<1 + random(4) {
      let line = pick(["first # no comment", "  deeper", "", "a: b", "- c", "last 中文"])
      text += index == 0 ? "\(margin)begin\n" : line.isEmpty ? "\n" : "\(margin)\(line)\n"
    }
    return text
  }
}
