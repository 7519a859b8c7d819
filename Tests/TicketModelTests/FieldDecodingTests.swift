import Diagnostics
import Testing
import TicketModel
import WorkingTime

@Suite("A value is read by its field's type")
struct FieldDecodingTests {
  private let layout = Sample.layout(Sample.allTypes)

  @Test(
    "as a text: also numbers and booleans, in their spelling",
    arguments: [
      ("\"华东 x\"", "text <华东 x>"), ("12.50", "text <12.50>"), ("true", "text <true>"),
      ("\"a\\nb\"", "text <a\nb>"),
      ("\"\\u4e2d\\ud83d\\ude00\\u00e9\\/\"", "text <中😀é/>"), ("\" \"", "text < >"),
      ("[1]", "invalid [wrongType 0 <[1]>]"),
      ("{\"a\": \"b\"}", "invalid [wrongType 0 <{\"a\": \"b\"}>]"),
    ])
  func texts(_ value: String, _ expected: String) throws {
    #expect(try layout.reading("\"text\": \(value)") == expected)
  }

  @Test(
    "as an integer: also with a fraction of zeros, or spelled as a text; within the field's bounds",
    arguments: [
      ("7", "integer 7"), ("-0", "integer 0"), ("3.0", "integer 3"), ("30e-1", "integer 3"),
      ("1.2e2", "integer 120"),
      ("0e999999999999", "integer 0"), ("\"12\"", "integer 12"), ("\"3.0\"", "integer 3"),
      ("\"\\u0031\"", "integer 1"),
      ("-10", "integer -10"), ("1000", "integer 1000"), ("-11", "invalid [outOfRange 1 <-11>]"),
      ("1001", "invalid [outOfRange 1 <1001>]"), ("3.5", "invalid [wrongType 1 <3.5>]"),
      ("1e-400", "invalid [wrongType 1 <1e-400>]"), ("1e400", "invalid [outOfRange 1 <1e400>]"),
      ("1.00000000000000000001", "invalid [wrongType 1 <1.00000000000000000001>]"),
      ("9223372036854775808", "invalid [outOfRange 1 <9223372036854775808>]"),
      ("123456789012345678901234567890", "invalid [outOfRange 1 <123456789012345678901234567890>]"),
      ("\"seven\"", "invalid [wrongType 1 <seven>]"), ("\"7 \"", "invalid [wrongType 1 <7 >]"),
      ("\"007\"", "invalid [wrongType 1 <007>]"), ("\"+7\"", "invalid [wrongType 1 <+7>]"),
      ("true", "invalid [wrongType 1 <true>]"), ("[]", ""), ("[7]", "invalid [wrongType 1 <[7]>]"),
    ])
  func integers(_ value: String, _ expected: String) throws {
    #expect(try layout.reading("\"integer\": \(value)") == expected)
  }

  @Test(
    "as an integer of 64 bits where there are no bounds",
    arguments: [
      ("9223372036854775807", "integer 9223372036854775807"),
      ("-9223372036854775808", "integer -9223372036854775808"),
      ("9223372036854775807.000", "integer 9223372036854775807"),
      ("922337203685477580700e-2", "integer 9223372036854775807"),
      ("-9223372036854775809", "invalid [outOfRange 0 <-9223372036854775809>]"),
      ("18446744073709551617", "invalid [outOfRange 0 <18446744073709551617>]"),
      ("1e19", "invalid [outOfRange 0 <1e19>]"), ("1e18", "integer 1000000000000000000"),
      ("1e99999999999999999999", "invalid [outOfRange 0 <1e99999999999999999999>]"),
      ("1e-99999999999999999999", "invalid [wrongType 0 <1e-99999999999999999999>]"),
    ])
  func wideIntegers(_ value: String, _ expected: String) throws {
    #expect(try Sample.layout([Sample.field("n", .integer)]).reading("\"n\": \(value)") == expected)
  }

  @Test(
    "as an integer within bounds that have fractions, or that no integer meets",
    arguments: [
      (0.5, 2.5, ["1", "2"]), (-2.5, -0.5, ["-2", "-1"]), (3, 1, []), (.infinity, .infinity, []),
      (.nan, 1, ["-2", "-1", "0", "1"]),
    ] as [(Double, Double, [String])])
  func boundedIntegers(_ minimum: Double, _ maximum: Double, _ expected: [String]) throws {
    let layout = Sample.layout([Sample.field("n", .integer, minimum: minimum, maximum: maximum)])
    let accepted = try (-2...4).map(String.init).filter {
      try layout.decode("{\"n\":\($0)}").problems.isEmpty
    }
    #expect(accepted == expected)
  }

  @Test(
    "as a number: the nearest double, also spelled as a text",
    arguments: [
      "0", "-0", "0.1", "1.5", "-2.25e10", "123456789", "9007199254740993", "9007199254740992", "1e22",
      "1e23", "1e-22", "8.5e-23",
      "0.30000000000000004", "2.2250738585072014e-308", "5e-324", "1e-400", "1.7976931348623157e308",
      "179769313486231580e291",
      "3.14159265358979323846264338327950288", "0.000000000000000000000000000000000000000000001",
      "12345678901234567890e-5",
    ])
  func numbers(_ spelling: String) throws {
    let expected = try #require(Double(spelling))
    for value in [spelling, "\"\(spelling)\""] {
      let slot = try layout.decode("{\"number\": \(value)}").slots[2]
      #expect(slot.kind == .number)
      #expect(slot.double.bitPattern == expected.bitPattern, "\(value)")
    }
  }

  @Test("as a number of any digits", arguments: [1, 2] as [UInt64])
  func randomNumbers(_ seed: UInt64) throws {
    var random = SplitMix(state: seed)
    for _ in 0..<500 {
      let digits = String(random.next()).prefix(Int.random(in: 1...20, using: &random))
      let leading = digits.first == "0" ? "1" : ""
      let spelling =
        "\(leading)\(digits).\(random.next() % 1000)e\(Int.random(in: -330...300, using: &random))"
      let ticket = try layout.decode("{\"number\": \(spelling)}")
      let expected = try #require(Double(spelling))
      let accepted = ticket.slots[2].kind == .number
      #expect(accepted == expected.isFinite, "\(spelling)")
      if accepted {
        #expect(ticket.slots[2].double.bitPattern == expected.bitPattern, "\(spelling), seed \(seed)")
      }
    }
  }

  @Test(
    "as a number within the field's bounds",
    arguments: [
      ("0.5", "number 0.5"), ("1.5", "number 1.5"), ("0.49", "invalid [outOfRange 0 <0.49>]"),
      ("\"1.51\"", "invalid [outOfRange 0 <1.51>]"), ("1e999", "invalid [outOfRange 0 <1e999>]"),
      ("\"NaN\"", "invalid [wrongType 0 <NaN>]"), ("\"1,5\"", "invalid [wrongType 0 <1,5>]"),
      ("false", "invalid [wrongType 0 <false>]"),
    ])
  func boundedNumbers(_ value: String, _ expected: String) throws {
    let layout = Sample.layout([Sample.field("n", .number, minimum: 0.5, maximum: 1.5)])
    #expect(try layout.reading("\"n\": \(value)") == expected)
  }

  @Test(
    "as a boolean: true and false, also as texts",
    arguments: [
      ("true", "boolean 1"), ("false", "boolean 0"), ("\"true\"", "boolean 1"), ("\"false\"", "boolean 0"),
      ("\"fals\\u0065\"", "boolean 0"), ("1", "invalid [wrongType 3 <1>]"),
      ("\"True\"", "invalid [wrongType 3 <True>]"),
      ("\"falsefal\"", "invalid [wrongType 3 <falsefal>]"),
      ("\"false1234\"", "invalid [wrongType 3 <false1234>]"),
      ("\"tru\"", "invalid [wrongType 3 <tru>]"), ("\"yes\"", "invalid [wrongType 3 <yes>]"),
    ])
  func booleans(_ value: String, _ expected: String) throws {
    #expect(try layout.reading("\"boolean\": \(value)") == expected)
  }

  @Test(
    "as an instant: RFC 3339, without an offset in the local zone",
    arguments: [
      ("\"1970-01-01T00:00:01Z\"", "instant 1000"), ("\"1970-01-01T08:00:00+08:00\"", "instant 0"),
      ("\"1970-01-01T08:00:00\"", "instant 0"), ("\"1970-01-01T08:00\"", "instant 0"),
      ("\"1970-01-01T00:00:00.25\\u005a\"", "instant 250"),
      ("\"yesterday\"", "invalid [notAnInstant 4 <yesterday>]"),
      ("\"2026-02-30T00:00:00Z\"", "invalid [notAnInstant 4 <2026-02-30T00:00:00Z>]"),
      ("\"2026-03-01\"", "invalid [notAnInstant 4 <2026-03-01>]"), ("0", "invalid [wrongType 4 <0>]"),
      ("true", "invalid [wrongType 4 <true>]"),
    ])
  func instants(_ value: String, _ expected: String) throws {
    #expect(try layout.reading("\"instant\": \(value)") == expected)
  }

  @Test(
    "as a date",
    arguments: [
      ("\"1970-01-02\"", "date 1"), ("\"1969-12-31\"", "date -1"),
      ("\"2026-02-29\"", "invalid [wrongType 5 <2026-02-29>]"),
      ("\"2026-3-1\"", "invalid [wrongType 5 <2026-3-1>]"), ("20260301", "invalid [wrongType 5 <20260301>]"),
    ])
  func dates(_ value: String, _ expected: String) throws {
    #expect(try layout.reading("\"date\": \(value)") == expected)
  }

  @Test(
    "as a duration of elapsed time, with its unit",
    arguments: [
      ("\"4 hours\"", "duration 14400000"), ("\"1 hour 30 minutes\"", "duration 5400000"),
      ("\"2 working hours\"", "invalid [wrongType 6 <2 working hours>]"),
      ("\"4h\"", "invalid [wrongType 6 <4h>]"),
      ("3600", "invalid [wrongType 6 <3600>]"),
    ])
  func durations(_ value: String, _ expected: String) throws {
    #expect(try layout.reading("\"duration\": \(value)") == expected)
  }

  @Test(
    "as a choice: its key, any label, any alias; a key before another choice's alias",
    arguments: [
      ("\"high\"", "choice 0"), ("\"高\"", "choice 0"), ("\"High\"", "choice 0"), ("\"\\u9ad8\"", "choice 0"),
      ("1", "choice 0"),
      ("\"low\"", "choice 1"), ("\"低\"", "choice 1"), ("true", "choice 1"),
      ("\"HIGH\"", "invalid [unknownChoice 7 <HIGH>]"),
      ("\"\\u4e2d\"", "invalid [unknownChoice 7 <中>]"), ("1.0", "invalid [unknownChoice 7 <1.0>]"),
      ("false", "invalid [unknownChoice 7 <false>]"), ("[\"high\"]", "invalid [wrongType 7 <[\"high\"]>]"),
    ])
  func choices(_ value: String, _ expected: String) throws {
    #expect(try layout.reading("\"choice\": \(value)") == expected)
  }

  @Test(
    "as a list or an object: its JSON",
    arguments: [
      ("list", "[\"a\", 1]", "raw <[\"a\", 1]>"), ("list", "[[]]", "raw <[[]]>"), ("list", "{}", ""),
      ("list", "{\"a\": 1}", "invalid [wrongType 8 <{\"a\": 1}>]"),
      ("list", "\"a\"", "invalid [wrongType 8 <a>]"),
      ("list", "1", "invalid [wrongType 8 <1>]"), ("list", "true", "invalid [wrongType 8 <true>]"),
      ("object", "{\"a\": {}}", "raw <{\"a\": {}}>"), ("object", "[1]", "invalid [wrongType 9 <[1]>]"),
      ("object", "\"\\n\"", "invalid [wrongType 9 <\n>]"),
    ])
  func containers(_ field: String, _ value: String, _ expected: String) throws {
    #expect(try layout.reading("\"\(field)\": \(value)") == expected)
  }

  @Test("and as nothing where it is null, empty or not there", arguments: Sample.allTypes.map(\.name))
  func absent(_ name: String) throws {
    for value in ["null", "\"\"", "[]", "[ \n]", "{}", "{ }"] {
      #expect(try layout.reading("\"\(name)\": \(value)") == "", "\(value)")
    }
    #expect(try layout.reading("\"another\": 1") == "")
  }

  @Test("A text that rules mention carries its symbol, however it is spelled")
  func symbols() throws {
    let table = SymbolTable(numbering: ["PX-0001", "华东", "a product with a long name"])
    let layout = Sample.layout([Sample.field("a", .text), Sample.field("b", .text)], symbols: [0: table])
    #expect(try layout.reading("\"a\": \"PX-0001\"") == "text <PX-0001> #1")
    #expect(try layout.reading("\"a\": \"\\u534e\\u4e1c\"") == "text <华东> #2")
    #expect(
      try layout.reading("\"a\": \"a product with a long name\"") == "text <a product with a long name> #3")
    #expect(
      try layout.reading("\"a\": \"a product with a lone name\"") == "text <a product with a lone name>")
    #expect(try layout.reading("\"b\": \"PX-0001\"") == "text <PX-0001>")
  }

  @Test("Texts with escapes follow the record and its padding, and nothing stale is behind them")
  func placesOfTexts() throws {
    let record = "{\"text\": \"a\\nb\", \"choice\": \"h\\u0069gh\"}"
    let ticket = try layout.decode(record)
    let size = record.utf8.count
    #expect(Array(ticket.bytes[..<size]) == Array(record.utf8))
    #expect(ticket.bytes[size..<size + 32].allSatisfy { $0 == 0 })
    #expect(ticket.slots[0].textRange == size + 32..<size + 35)
    #expect(ticket.bytes.suffix(32).allSatisfy { $0 == 0 })
  }
}
