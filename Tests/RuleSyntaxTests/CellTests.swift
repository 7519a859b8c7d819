import Diagnostics
import LocatedYAML
@testable import RuleSyntax
import Testing

@Suite("A cell")
struct CellTests {
  private func parse(_ text: String) -> Result<Cell, Diagnostic> {
    let end = Position(line: 1, column: 1 + text.unicodeScalars.count)
    let place = Place(file: "c", start: Position(line: 1, column: 1), end: end)
    let lines = SourceText(path: "c", text: text)
    return CellParser.parse(
      text, places: TextPlaces(Located(text, at: place), style: .plain, lines: .init(lines)))
  }

  @Test(
    "is read by the grammar of the rule language",
    arguments: [
      ("any", "any"), ("present", "present"), ("absent", "absent"),
      ("high", "«high»"), ("Awaiting User Info", "«Awaiting User Info»"), ("in-progress", "«in-progress»"),
      ("处理中-受阻", "«处理中-受阻»"), ("升级（v2）", "«升级（v2）»"), ("it's", "«it's»"), ("nothing", "«nothing»"),
      ("anything | presently", "«anything» or «presently»"), ("a not b", "«a not b»"), ("v1.2", "«v1.2»"),
      ("2026-03-01T09:00:00+08:00", "«2026-03-01T09:00:00+08:00»"), ("-100", "«-100»"), ("1.5", "«1.5»"),
      (".5", "«.5»"), ("4 hours", "«4 hours»"), ("  a   b  ", "«a   b»"), ("a!", "«a!»"),
      ("a 'b'", "«a 'b'»"),
      ("功能故障　|　功能异常", "«功能故障» or «功能异常»"), ("a | b|c", "«a» or «b» or «c»"),
      ("low | absent", "«low» or absent"),
      ("not low", "not «low»"), ("not(a)", "not «a»"), ("not (a | b)", "not («a» or «b»)"),
      ("not 'any'", "not «any»"),
      ("not a | b", "(not «a») or «b»"), ("not absent", "not absent"), ("not 1...5", "not [1, 5]"),
      ("((a))", "«a»"), ("(a | b) | c", "(«a» or «b») or «c»"), ("not (not a)", "not (not «a»)"),
      ("18...30", "[18, 30]"), ("18 ... 30", "[18, 30]"), ("18..<30", "[18, 30)"), ("18...", "[18, )"),
      ("...30", "(, 30]"), ("..<18", "(, 18)"), ("-5...-1", "[-5, -1]"), ("1.5...2.5", "[1.5, 2.5]"),
      ("2026-01-01...2026-12-31", "[2026-01-01, 2026-12-31]"),
      ("30 minutes..<4 hours", "[30 minutes, 4 hours)"),
      ("100... | absent", "[100, ) or absent"), ("('a b'...'c d')", "[a b, c d]"), ("'1...2'", "«1...2»"),
      (">= 18", "[18, )"), (">18", "(18, )"), ("<= -1.5", "(, -1.5]"), ("< 4 hours", "(, 4 hours)"),
      ("< 1 | > 5", "(, 1) or (5, )"), (">= 'x | y'", "[x | y, )"),
      ("'any'", "«any»"), ("\"a | b\"", "«a | b»"), ("'it''s'", "«it's»"),
      ("\"say \"\"hi\"\"\"", "«say \"hi\"»"),
      ("''", "«»"), ("'not' | \"(\"", "«not» or «(»"),
    ])
  func grammar(text: String, expected: String) throws {
    #expect(try parse(text).get().outline == expected)
  }

  @Test(
    "places its parts by code points",
    arguments: [
      ("功能故障 | 操作咨询", "1-12 1-5 8-12"), ("  not  (a | 中文 )", "3-17 8-17 9-10 13-15"), (">=  18", "1-7 5-7"),
      ("'a b' ... 9", "1-12 1-6 11-12"),
    ])
  func places(text: String, expected: String) throws {
    let places = try parse(text).get().places
    #expect(places.map { "\($0.start.column)-\($0.end.column)" }.joined(separator: " ") == expected)
  }

  @Test("of up to four tokens is read, or refused with a place inside it")
  func smallScope() {
    let tokens = ["a", "not ", "|", "(", ")", "...", "..<", ">=", "<", "'q'", "any", ",", " "]
    var texts = [""]
    for _ in 0..<4 {
      texts = texts.flatMap { text in tokens.map { text + $0 } }
      for text in texts {
        switch parse(text) {
        case .success(let cell): check(cell.places, in: text)
        case .failure(let diagnostic): check([diagnostic.place].compactMap { $0 }, in: text)
        }
      }
    }
  }

  private func check(_ places: [Place], in text: String) {
    let isInside = places.allSatisfy {
      $0.start.column >= 1 && $0.end.column <= text.unicodeScalars.count + 1
    }
    if places.isEmpty || !isInside { Issue.record("\(text): \(places)") }
  }

  @Test("that is written out is read as the same cell again", arguments: 1...50)
  func roundTrip(seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    for _ in 0..<20 {
      let cell = Cell.random(depth: 3, using: &generator)
      #expect(try parse(cell.spelling).get().spelling == cell.spelling)
    }
  }
}

extension Cell {
  fileprivate var outline: String {
    switch content {
    case .any: "any"
    case .present: "present"
    case .absent: "absent"
    case .literal(let literal): "«\(literal.value)»"
    case .oneOf(let parts): parts.map(\.operandOutline).joined(separator: " or ")
    case .not(let cell): "not \(cell.operandOutline)"
    case .range(let lower, let upper):
      "\(lower?.isIncluded == true ? "[" : "(")\(lower?.literal.value ?? ""), "
        + "\(upper?.literal.value ?? "")\(upper?.isIncluded == true ? "]" : ")")"
    }
  }

  private var operandOutline: String {
    switch content {
    case .oneOf, .not: "(\(outline))"
    default: outline
    }
  }

  /// The place of the cell and those of its parts, outer first.
  fileprivate var places: [Place] {
    switch content {
    case .any, .present, .absent, .literal: [place]
    case .oneOf(let parts): [place] + parts.flatMap(\.places)
    case .not(let cell): [place] + cell.places
    case .range(let lower, let upper): [place] + [lower, upper].compactMap { $0?.literal.place }
    }
  }

  /// The cell in the rule language, with quotes around every value.
  fileprivate var spelling: String {
    switch content {
    case .any: "any"
    case .present: "present"
    case .absent: "absent"
    case .literal(let literal): literal.spelling
    case .oneOf(let parts): parts.map(\.operandSpelling).joined(separator: " | ")
    case .not(let cell): "not \(cell.operandSpelling)"
    case .range(let lower?, let upper?):
      "\(lower.literal.spelling)\(upper.isIncluded ? "..." : "..<")\(upper.literal.spelling)"
    case .range(let lower?, nil): "\(lower.isIncluded ? ">=" : ">") \(lower.literal.spelling)"
    case .range(nil, let upper): "\(upper?.isIncluded == true ? "<=" : "<") \(upper?.literal.spelling ?? "")"
    }
  }

  private var operandSpelling: String {
    switch content {
    case .oneOf, .not: "(\(spelling))"
    default: spelling
    }
  }

  fileprivate static func random(depth: Int, using generator: inout SplitMix) -> Cell {
    let nowhere = Place(file: "c", line: 1)
    func literal() -> Located<String> {
      let text =
        ["a", "it's", "any", "not", "a | b", "中 文", "...", ""].randomElement(using: &generator) ?? ""
      return Located(text, at: nowhere)
    }
    func bound() -> Bound { Bound(literal(), isIncluded: Bool.random(using: &generator)) }
    func part() -> Cell { random(depth: depth - 1, using: &generator) }
    let content: Content =
      switch Int.random(in: depth > 0 ? 0...7 : 2...7, using: &generator) {
      case 0: .oneOf((0...Int.random(in: 1...3, using: &generator)).map { _ in part() })
      case 1: .not(part())
      case 2: .range(lower: Bound(literal(), isIncluded: true), upper: bound())
      case 3: .range(lower: bound(), upper: nil)
      case 4: .range(lower: nil, upper: bound())
      case 5: [.any, .present, .absent].randomElement(using: &generator) ?? .any
      default: .literal(literal())
      }
    return Cell(content, at: nowhere)
  }
}

extension Located<String> {
  fileprivate var spelling: String { "'\(value.replacing("'", with: "''"))'" }
}

/// The generator of Steele, Lea and Flood (2014), seeded, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
