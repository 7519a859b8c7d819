import PluginProtocol
import Testing

@Suite("The structure of JSON")
struct JSONScanTests {
  private func isOne(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return isOneJSONValue(bytes, in: 0..<bytes.count)
  }

  @Test(
    "is one value",
    arguments: [
      "{}", "[]", "1", "-0.5e+3", "true", "null", "\"\"", " {\"a\" : [1, {\"b\":\"]}\"}]} ", #""a\"b\\""#,
      #"{"a":"\\"}"#,
      "\"" + String(repeating: "x", count: 100) + "\\\"\"",
      String(repeating: "[", count: 300) + String(repeating: "]", count: 300),
    ])
  func sound(text: String) { #expect(isOne(text)) }

  @Test(
    "is not one value",
    arguments: [
      "", " ", "{", "}", "[}", "{]", "[[]", "\"", #""\""#, #""abc\"#, "1 2", "{}{}", "{}x", "[1,2", ":", ",",
      String(repeating: "[", count: 300), "{\"a\":{\"b\":[}]}",
    ])
  func broken(text: String) { #expect(!isOne(text)) }

  @Test("never reads behind the end, wherever a text is cut")
  func cut() {
    let text = Array(#"{"key":"väl\"ue\\","list":[1,{"a":null},"x"],"n":-1.5e3}"#.utf8)
    for length in 0..<text.count { #expect(!isOneJSONValue(text, in: 0..<length), "\(length)") }
    #expect(isOneJSONValue(text, in: 0..<text.count))
  }
}

@Suite("A value of JSON")
struct JSONValueTests {
  private func read(_ text: String) throws(JSONProblem) -> JSONValue {
    try JSONValue(reading: Array(text.utf8))
  }

  @Test(
    "is read and written again",
    arguments: [
      #"{"a":[1,-2.5,true,false,null,"x"],"b":{}}"#, #""\"\\ \u0001\n""#, "9007199254740991", "[]", #""😀ü""#,
    ])
  func roundTrip(text: String) throws {
    var bytes = [UInt8]()
    bytes.appendJSON(try read(text))
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test(
    "has its escapes resolved",
    arguments: [
      (#""\u00fc\uD83D\uDE00\/\b\f\t\r""#, "ü😀/\u{08}\u{0C}\t\r"), (#""\ud83d x""#, "\u{FFFD} x"),
    ])
  func escapes(text: String, expected: String) throws { #expect(try read(text).text == expected) }

  @Test(
    "is refused where it is malformed, with the place",
    arguments: [
      ("", JSONProblem.Kind.value, 0), ("{\"a\"}", .colon, 4), ("{a:1}", .key, 1), ("[1 2]", .comma, 3),
      ("[1,]", .value, 3),
      ("01", .number, 0), ("1.", .number, 0), ("+1", .number, 0), ("1e999", .number, 0), ("nul", .number, 0),
      (#""\x""#, .escape, 1), (#""\u12g4""#, .escape, 5), ("{} {}", .rest, 3), ("{\"a\":1,}", .key, 7),
      (String(repeating: "[", count: 70) + String(repeating: "]", count: 70), .depth, 65),
    ])
  func refused(text: String, kind: JSONProblem.Kind, offset: Int) {
    let problem = #expect(throws: JSONProblem.self) { try read(text) }
    #expect(problem?.kind == kind && problem?.offset == offset)
  }
}
