import Diagnostics
import LocatedYAML
import Testing

/// Each of these ends in a node or in messages; a crash, a hang or a run of minutes is the failure.
@Suite("Damaged and hostile text ends in a message")
struct RobustnessTests {
  static let rulebook = """
    \u{FEFF}format: 1
    title: {en: "Technical \\"service\\" \\u4e00", zh: '技术''服务'}
    fields:   # the ticket's schema
      id: {type: string, matches: '[0-9]{6}'}
      contact.name: {type: string, masked: true}
    calendars:
      office: {weekly_hours: {mon-fri: [09:00-12:00, 13:30-18:00]}}
    checks:
      - id: C-01
        when: {status: closed | archived}
        expr: |-
          has(user_confirmed_at) &&
            user_confirmed_at >= verified_at
        message: >
          {id} 未经发起人确认
          不得关闭
    """

  private func load(_ bytes: [UInt8]) -> (root: Node?, diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    let root = YAMLDocument.load(SourceText(path: "r.yaml", bytes: bytes), into: &diagnostics)
    return (root, diagnostics)
  }

  /// A text without a root has a message, every message has words and a place, and can be rendered.
  private func expectSound(_ bytes: [UInt8]) {
    let (root, diagnostics) = load(bytes)
    #expect(root != nil || !diagnostics.isEmpty)
    for diagnostic in diagnostics {
      #expect(diagnostic.place != nil && !diagnostic.message.isEmpty)
      _ = TextRenderer(sources: [SourceText(path: "r.yaml", bytes: bytes)]).render(diagnostic)
    }
  }

  @Test(
    "when a byte is flipped, whichever it is",
    arguments: [0x01, 0x04, 0x10, 0x20, 0x40, 0x80, 0xFF] as [UInt8])
  func flipped(bits: UInt8) {
    let bytes = Array(Self.rulebook.utf8)
    #expect(load(bytes).diagnostics == [])
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= bits
      expectSound(damaged)
    }
  }

  @Test(
    "when a byte is replaced by a character that YAML gives a meaning",
    arguments: "\n\t:-[]{}'\"|>!&*#%,?@ ".utf8)
  func replaced(byte: UInt8) {
    let bytes = Array(Self.rulebook.utf8)
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] = byte
      expectSound(damaged)
    }
  }

  @Test("when it is cut at any byte")
  func truncated() {
    let bytes = Array(Self.rulebook.utf8)
    for count in bytes.indices { expectSound(Array(bytes[..<count])) }
  }

  @Test(
    "when it nests 10,000 deep",
    arguments: [
      "[", "{a: ", "- ", "? ", "[[{a: ", "{? ", "- - ? ", "!t [", "&a [", "- !t\n ",
    ])
  func nested(opening: String) {
    let text = String(repeating: opening, count: 10_000)
    #expect(load(Array(text.utf8)).root == nil)
  }

  @Test("when each line is indented further")
  func indented() {
    let text = (0..<2_000).map { String(repeating: " ", count: $0) + "k:\n" }.joined()
    #expect(load(Array(text.utf8)).diagnostics.map(\.code) == ["too-deep"])
  }

  @Test("when aliases multiply")
  func aliasBomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...50 {
      let aliases = repeatElement("*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(load(Array(text.utf8)).diagnostics.count == 551)
  }

  @Test(
    "or in nodes, however long a line, a text or a list is",
    arguments: [
      "a: " + String(repeating: "x", count: 1_000_000),
      "a: " + String(repeating: "x ", count: 500_000),
      "a: '" + String(repeating: "''", count: 500_000) + "'",
      "a: \"" + String(repeating: "\\u4e00", count: 100_000) + "\"",
      "a: [" + String(repeating: "x, ", count: 100_000) + "]",
      "a: |\n" + String(repeating: "\n", count: 500_000) + " x",
      "a:" + String(repeating: "\n", count: 500_000) + " x",
      "a: b " + String(repeating: "#", count: 500_000),
      String(repeating: "# c\n", count: 200_000) + "a: b",
      (0..<50_000).map { "k\($0): v\n" }.joined(),
      "{" + (0..<50_000).map { "k\($0), " }.joined() + "}",
    ])
  func long(text: String) {
    #expect(load(Array(text.utf8)).diagnostics == [])
  }

  @Test("when one long line holds a thousand refused values")
  func refusedInOneLine() {
    let text = "[" + String(repeating: "!t 'x', &a b, *a, {k: 1, k: 2}, ", count: 20_000) + "]"
    #expect(load(Array(text.utf8)).diagnostics.last?.code == "too-many-problems")
  }

  @Test(
    "when a tag or an anchor ends it",
    arguments: [
      "a: !t", "a: &a", "a: !t &a", "a: &a !t", "&a !<x,y>", "!<x y> &a", "a: !", "!t\n&a", "{&a !t}",
    ])
  func propertiesAtTheEnd(text: String) {
    expectSound(Array(text.utf8))
    #expect(!load(Array(text.utf8)).diagnostics.isEmpty)
  }

  @Test("when its bytes are random", arguments: 1...20)
  func random(seed: UInt64) {
    var generator = SplitMix(state: seed)
    let alphabet = Array("ab:-[]{}'\"|>!&*#%,?@ \n\n  甲".utf8)
    for _ in 0..<100 {
      expectSound(
        (0..<Int.random(in: 1...80, using: &generator)).map { _ in
          alphabet.randomElement(using: &generator) ?? 0
        })
    }
  }
}

/// The generator of Steele, Lea and Flood (2014), seeded, so that a failure can be repeated.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
