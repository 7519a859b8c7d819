import Testing
import TicketModel

/// Cases in the manner of https://github.com/nst/JSONTestSuite, written anew for a value inside an object.
@Suite("The grammar of RFC 8259 is kept to the letter, in declared fields and in others")
struct JSONGrammarTests {
  static let values = [
    "null", "true", "false", "0", "-0", "1", "-1", "123456789012345678901234567890", "1.5", "-1.25", "0.0",
    "1e5", "1E5", "1e+5", "1e-5", "0e0", "1.5E-300", "1e400", "-1e-400", "\"\"", "\"a\"", "\"\\u0000\"",
    "\"\\u001F\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u00e9\\u00E9\"", "\"\\ud83d\\ude00\"", "\"\\uDBFF\\uDFFF\"",
    "\"\u{7F}\"",
    "\"\u{2028}\u{2029}\"", "\"\u{FFFF}\"", "\"\u{10FFFF}\"", "\"\u{FEFF}\"", "\"中文，标点\"", "\"😀\"", "\"/\"",
    "\"\\\\u0041\"", "[]", "[ ]", "{}", "{ }", "[[]]", "[1,2,3]", "[ 1 , 2 ]", "[null, true, \"a\", {}, []]",
    "{\"\":0}", "{\"a\":{\"b\":[{}]}}", "{\"a\":1,\"a\":2}", "{ \"a\" : 1 , \"b\" : 2 }", "{\"\\u0061\":1}",
    "\t1\n", "\r\n1 ", "[\n]", "1 ",
  ]

  static let nonValues = [
    "", "nul", "nulls", "NULL", "True", "TRUE", "tru e", "truefalse", "undefined", "NaN", "-NaN", "Infinity",
    "-Infinity", "+1", "01", "-01", "00", "-", "--1", "1.", ".1", "-.1", "1.e5", "1e", "1e+", "1e1.5", "1ee5",
    "0x10",
    "1_000", "1,000", "1 000", "1a", "١", "1.5.5", "1-1", "1+1", "\"", "\"\\\"", "\"\\\\\\\"", "\"a", "a\"",
    "'a'", "`a`",
    "\"\\a\"", "\"\\v\"", "\"\\0\"", "\"\\'\"", "\"\\U0041\"", "\"\\u\"", "\"\\u1\"", "\"\\u12\"",
    "\"\\u123\"",
    "\"\\u12g4\"", "\"\\u 123\"", "\"\\u-123\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\ud800\"",
    "\"\\ud800a\"",
    "\"\\ud800\\n\"", "\"\\ud800\\\"", "\"\\uD800\\uE000\"", "\"\t\"", "\"\n\"", "\"\r\"", "\"\u{1F}\"",
    "\"\u{0}\"", "\"\\\n\"",
    "[", "]", "[1", "[1,", "[,1]", "[1,,2]", "[1,]", "[,]", "[1 2]", "[1:2]", "[1;2]", "[\"a\"", "[\"a]",
    "[[]", "[]]", "[}",
    "{", "}", "{]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{,\"a\":1}",
    "{\"a\"}", "{\"a\" 1}",
    "{\"a\"::1}", "{\"a\":1 \"b\":2}", "{\"a\":1;\"b\":2}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}",
    "{\"a\":1}}",
    "{\"a\":1,,\"b\":2}", "{\"\\x\":1}", "{\"\t\":1}", "{\"\\ud800\":1}", "1 /* a */", "1 // a", "# a", "<a>",
    "\u{A0}1",
    "\u{FEFF}1", "\u{B}1", "\u{C}1", "\u{2028}1", "1\u{0}", "\u{0}", "=1", "(1)", "1;", "1 2",
  ]

  /// The value by itself where it is skipped, in a list that is kept, in an event's changes, and in each typed field.
  static func records(_ value: String) -> [String] {
    ["{\"other\":\(value)}", "{\"list\":[\(value)]}", "{\"history\":[{\"set\":{\"text\":\(value)}}]}"]
      + Sample.allTypes.map { "{\"before\":1,\"\($0.name)\":\(value),\"after\":1}" }
  }

  private let layout = Sample.layout(Sample.allTypes, history: true)

  @Test("These are values", arguments: values)
  func accepts(_ value: String) {
    for record in Self.records(value) {
      #expect(throws: Never.self, "\(record)") { try layout.decode(record) }
    }
  }

  @Test("These are not", arguments: nonValues)
  func refuses(_ value: String) {
    for record in Self.records(value) where !(value.isEmpty && record.contains("[]")) {
      #expect(throws: MalformedRecord.self, "\(record)") { try layout.decode(record) }
    }
  }

  @Test(
    "Around the object there may be white space, and before it a byte order mark",
    arguments: [
      " {} ", "\n\r\t{}\n", "\u{FEFF}{}", "\u{FEFF} {}", "{\n}",
    ])
  func acceptsSpace(_ record: String) {
    #expect(throws: Never.self) { try layout.decode(record) }
  }

  @Test(
    "but nothing else",
    arguments: [
      "{}\u{FEFF}", " \u{FEFF}{}", "{},", "{}\u{0}", "\u{0}{}", "{}//", "[{}]", "\"a\"", "1", "{}}",
      "\u{FEFF}", "\u{FEFF}\u{FEFF}{}",
    ])
  func refusesAround(_ record: String) {
    #expect(throws: MalformedRecord.self) { try layout.decode(record) }
  }

  @Test("An escape has four hexadecimal digits, in each place these and no other byte", arguments: 0..<4)
  func hexadecimalDigits(_ place: Int) throws {
    for byte in UInt8(1)...127 {
      var digits = Array("0000".utf8)
      digits[place] = byte
      let isDigit = Character(UnicodeScalar(byte)).isHexDigit
      let ticket = try? layout.decode(Array("{\"text\":\"\\u".utf8) + digits + Array("\"}".utf8))
      #expect((ticket != nil) == isDigit, "\(byte)")
      guard let ticket else { continue }
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(UnicodeScalar.init)
      #expect(ticket.text(ticket.slots[0]) == value.map { String(Character($0)) })
    }
  }

  @Test("128 levels may be open, not one more", arguments: ["other", "list", "text", "nested"])
  func depth(_ key: String) throws {
    let layout = Sample.layout(Sample.allTypes + [Sample.field("nested.a", .text)], history: true)
    func record(_ levels: Int) -> String {
      let open = String(repeating: "[", count: levels - 2) + "{"
      return "{\"\(key)\":" + open + "}" + String(repeating: "]", count: levels - 2) + "}"
    }
    #expect(throws: Never.self) { try layout.decode(record(128)) }
    let failure = #expect(throws: MalformedRecord.self) { try layout.decode(record(129)) }
    #expect(failure?.reason == .tooDeep)
  }
}
