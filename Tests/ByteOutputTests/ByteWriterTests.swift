import ByteOutput
import Foundation
import Testing

@Suite("A byte writer")
struct ByteWriterTests {
  @Test(
    "writes integers as Swift does",
    arguments: [0, 1, 9, 10, 99, 100, 101, 999, 12_345, -1, -10, -100, .max, .min] as [Int64])
  func integers(value: Int64) {
    var writer = ByteWriter()
    writer.append(literal: "<")
    writer.append(integer: value)
    #expect(writer.text == "<\(value)")
  }

  @Test("writes every integer below 100,000 as Swift does")
  func manyIntegers() {
    var writer = ByteWriter()
    let isWrong = (0..<100_000).first { value in
      writer.removeAll()
      writer.append(integer: Int64(value))
      return writer.text != "\(value)"
    }
    #expect(isWrong == nil)
  }

  @Test("keeps every piece, however often it grows", arguments: [1, 31, 32, 33, 64, 4096])
  func growth(capacity: Int) {
    var store = FragmentStore.Builder()
    let texts = (0..<70).map { String(repeating: "é", count: $0) + "|" }
    let fragments = texts.map { text in store.add { $0.append(text: text) } }
    let fixed = store.add("fixed")
    let rendered = store.store()
    var writer = ByteWriter(capacity: capacity)
    var expected = ""
    for (text, fragment) in zip(texts, fragments) {
      writer.append(fragment, of: rendered)
      writer.append(fixed, of: rendered)
      writer.append(text: text)
      writer.append(UInt8(ascii: ";"))
      expected += text + "fixed" + text + ";"
    }
    #expect(writer.text == expected)
    #expect(writer.bytes == Array(expected.utf8))
    #expect(writer.count == expected.utf8.count)
  }

  @Test("writes nothing for a fragment of no length")
  func emptyFragment() {
    var store = FragmentStore.Builder()
    let empty = store.add { _ in }
    let rendered = store.store()
    var writer = ByteWriter()
    writer.append(empty, of: rendered)
    #expect(writer.count == 0)
  }

  @Test("keeps its room when it is emptied, and starts anew")
  func reuse() {
    var writer = ByteWriter()
    writer.append(text: "first")
    writer.removeAll()
    writer.append(text: "second")
    #expect(writer.text == "second")
  }

  @Test("gives room, and takes what was written into it")
  func room() {
    var writer = ByteWriter(capacity: 1)
    let room = writer.room(100)
    #expect(room.count == 100)
    room[0] = UInt8(ascii: "a")
    room[99] = UInt8(ascii: "z")
    writer.advance(by: 1)
    #expect(writer.text == "a")
  }
}

@Suite("JSON strings")
struct JSONStringTests {
  @Test("escape quotes, backslashes and control characters, and nothing else")
  func escapes() {
    var writer = ByteWriter()
    writer.append(jsonString: "a\"b\\c\nd\re\tf\u{1}\u{1F}/é中")
    #expect(writer.text == #""a\"b\\c\nd\re\tf\u0001\u001f/é中""#)
    writer.removeAll()
    writer.append(optionalJSONString: nil)
    #expect(writer.text == "null")
  }

  @Test("are read back by Foundation, wherever in a word a character to escape stands", arguments: 0..<20)
  func roundTrip(position: Int) throws {
    for scalar in (0..<0x80).compactMap(Unicode.Scalar.init) {
      let text = String(repeating: "x", count: position) + String(Character(scalar)) + "中文 tail"
      var writer = ByteWriter(capacity: 1)
      writer.append(jsonString: text)
      let read = try JSONSerialization.jsonObject(with: Data(writer.bytes), options: .fragmentsAllowed)
      #expect((read as? String)?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
    }
  }

  @Test("can be escaped after they were written, without touching what stands before")
  func afterwards() {
    var writer = ByteWriter()
    writer.append(text: "\"\n")
    let start = writer.count
    writer.append(text: "say \"hi\"")
    writer.escapeJSON(from: start)
    #expect(writer.text == "\"\n" + #"say \"hi\""#)
  }
}
