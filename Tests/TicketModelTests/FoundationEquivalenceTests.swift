import Foundation
import Testing
import TicketModel

@Suite("Foundation's JSONSerialization reads the same")
struct FoundationEquivalenceTests {
  private static let fields = [
    Sample.field("text", .text), Sample.field("标题", .text), Sample.field("number", .number),
    Sample.field("flag", .boolean),
    Sample.field("contact.name", .text), Sample.field("list", .list(.text)),
  ]
  private let layout = Sample.layout(fields, history: true)

  @Test("from random records", arguments: 1...8)
  func random(_ seed: Int) throws {
    var generator = RecordGenerator(random: SplitMix(state: UInt64(seed)))
    var decoder = TicketDecoder(layout: layout)
    var ticket = Ticket()
    for _ in 0..<60 {
      let record = generator.record()
      try decoder.decode(Array(record.utf8).span.bytes, into: &ticket)
      try expectSame(ticket, record, "seed \(seed): \(record)")
    }
  }

  private func expectSame(_ ticket: Ticket, _ record: String, _ comment: Comment) throws {
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any], comment)
    for (slot, name) in zip(ticket.slots, Self.fields.map(\.name)) {
      let value = name == "contact.name" ? (object["contact"] as? [String: Any])?["name"] : object[name]
      switch (slot.kind, value) {
      case (.absent, nil), (.absent, is NSNull): break
      case (.absent, let text as String): #expect(text.isEmpty, comment)
      case (.absent, let list as [Any]): #expect(list.isEmpty, comment)
      case (.text, let text as String):
        #expect(Array(ticket.bytes[slot.textRange]) == Array(text.utf8), comment)
      case (.number, let number as NSNumber): #expect(slot.double == number.doubleValue, comment)
      case (.boolean, let flag as Bool): #expect((slot.integer == 1) == flag, comment)
      case (.raw, let list as [Any]):
        let raw = try JSONSerialization.jsonObject(with: Data(ticket.bytes[slot.textRange])) as? NSArray
        #expect(raw == list as NSArray, comment)
      default:
        Issue.record("\(name): \(ticket.describe(slot)) against \(String(describing: value)) in \(comment)")
      }
    }
  }

  /// Holds all that a record can: every type, escapes, one to four bytes a character, a history.
  private static let record = """
    {"text":"a\\"\\\\\\/\\n\\u4e2d\\ud83d\\ude00é中😀","标题":"设备开机后没有反应，请尽快","number":-12.5e-3,"flag":true,"contact":{"name":"Léa","x":null},
     "list":["a",{"b":[]},1],"other":{"deep":[0.5,false]},"history":[{"at":"2026-03-01T09:00:00+08:00","by":"x","set":{"flag":false,"contact":{"name":"B"}}}]}
    """

  @Test("Every record that is cut off is refused")
  func truncation() {
    let bytes = Array(Self.record.utf8)
    #expect(throws: Never.self) { try layout.decode(bytes) }
    for count in bytes.indices {
      #expect(throws: MalformedRecord.self, "\(count) bytes") { try layout.decode(Array(bytes[..<count])) }
    }
  }

  /// Foundation refuses what this decoder accepts in no case but one: numbers in undeclared fields that are too large for
  /// a double, which have no value here. None of the changes below makes such a number.
  @Test("A record with a wrong byte is accepted only where Foundation accepts it", arguments: 0..<8)
  func flippedBits(_ bit: Int) {
    expectNoMore { $0 ^ 1 << UInt8(bit) }
  }

  @Test(
    "and so is one with another byte of meaning",
    arguments: Array("\"\\{}[]:,-+.eE0u \n\u{0}".utf8) + [0x80, 0xC2, 0xE0, 0xED, 0xF4, 0xFF])
  func otherBytes(_ byte: UInt8) {
    expectNoMore { _ in byte }
  }

  private func expectNoMore(_ change: (UInt8) -> UInt8) {
    var bytes = Array(Self.record.utf8)
    var decoder = TicketDecoder(layout: layout)
    var ticket = Ticket()
    for index in bytes.indices {
      let byte = bytes[index]
      bytes[index] = change(byte)
      if (try? decoder.decode(bytes.span.bytes, into: &ticket)) != nil {
        #expect(throws: Never.self, "byte \(index) is \(bytes[index])") {
          try JSONSerialization.jsonObject(with: Data(bytes))
        }
        for slot in ticket.slots where slot.kind == .text {
          #expect(String(validating: ticket.bytes[slot.textRange], as: UTF8.self) != nil)
        }
      }
      bytes[index] = byte
    }
  }
}

/// Writes random records: the fields of the suite in any order, spelled in any way that JSON allows.
private struct RecordGenerator {
  var random: SplitMix

  mutating func record() -> String {
    var members = ["text", "标题", "number", "flag", "contact", "list", "other", "and another"].compactMap {
      name in
      chance(4) ? nil : text(name) + space() + ":" + space() + value(of: name)
    }
    members.shuffle(using: &random)
    return space() + "{" + space() + members.joined(separator: space() + "," + space()) + space() + "}"
      + space()
  }

  private mutating func value(of name: String) -> String {
    if chance(8) { return "null" }
    switch name {
    case "text", "标题": return text(characters())
    case "number": return number()
    case "flag": return chance(2) ? "true" : "false"
    case "contact": return "{" + text("name") + ":" + text(characters()) + "}"
    case "list": return list(depth: 3)
    default: return any(depth: 3)
    }
  }

  private mutating func any(depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &random) {
    case 0: return number()
    case 1: return chance(2) ? "true" : "false"
    case 2: return "null"
    case 3: return text(characters())
    case 4: return list(depth: depth)
    default:
      let members = (0..<Int.random(in: 0..<3, using: &random)).map {
        text("k\($0)") + ":" + any(depth: depth - 1)
      }
      return "{" + members.joined(separator: ",") + space() + "}"
    }
  }

  private mutating func list(depth: Int) -> String {
    let elements = (0..<Int.random(in: 0..<4, using: &random)).map { _ in any(depth: depth - 1) }
    return "[" + space() + elements.joined(separator: space() + ",") + "]"
  }

  private mutating func number() -> String {
    var spelling = (chance(2) ? "-" : "") + String(random.next() % 1_000_000 >> (random.next() % 20))
    if chance(2) { spelling += "." + String(random.next() % 10_000) }
    if chance(3) { spelling += ["e", "E+", "e-"][Int(random.next() % 3)] + String(random.next() % 20) }
    return spelling
  }

  private mutating func characters() -> String {
    // Not U+FEFF: Foundation drops it from texts.
    let alphabet = [
      "a", "B", "7", " ", "\"", "\\", "/", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "中", "，", "😀",
      "\u{FFFD}", "\u{2028}", "\u{10FFFF}",
    ]
    return (0..<Int.random(in: 0..<30, using: &random)).map { _ in alphabet[Int(random.next() % 19)] }
      .joined()
  }

  /// Quotes a text; characters that may stand for themselves are escaped now and then.
  private mutating func text(_ characters: String) -> String {
    let escapesAll = chance(6)
    return "\"" + characters.unicodeScalars.map { escaped($0, escapesAll || chance(9)) }.joined() + "\""
  }

  private mutating func escaped(_ character: Unicode.Scalar, _ isForced: Bool) -> String {
    let short = ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\t": "\\t"]
    if let escape = short[String(character)], chance(2) { return escape }
    guard isForced || character.value < 0x20 || character == "\"" || character == "\\" else {
      return String(character)
    }
    return String(character).utf16.map { unit in
      let digits = String(unit, radix: 16, uppercase: chance(2))
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }

  private mutating func space() -> String {
    chance(6) ? [" ", "\n", "\r\n", "\t", "  "][Int(random.next() % 5)] : ""
  }

  private mutating func chance(_ of: UInt64) -> Bool { random.next() % of == 0 }
}
