import CByteMasks
import PluginProtocol
import Testing

@Suite("The scan for brackets, 64 bytes at a time")
struct BracketScanTests {
  /// Texts of the bytes that matter, the same in each run.
  private static func texts(_ count: Int, length: ClosedRange<Int>) -> [[UInt8]] {
    var generator = Chance()
    let alphabet = Array(#"{}[]"\\x,: é"#.utf8)
    return (0..<count).map { _ in
      (0..<Int.random(in: length, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
    }
  }

  /// One byte after the other: whether the text is one container.
  private func isContainer(_ text: [UInt8]) -> Bool {
    var open = [UInt8]()
    var isText = false
    var isEscaped = false
    for (index, byte) in text.enumerated() {
      if isText {
        isText = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "\\"): return false
      case UInt8(ascii: "{"), UInt8(ascii: "["): open.append(byte + 2)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard open.popLast() == byte else { return false }
        if open.isEmpty { return index == text.count - 1 }
      default: break
      }
    }
    return false
  }

  @Test("says of every text what a reader of single bytes says")
  func agreement() {
    var sound = 0
    for text in Self.texts(20_000, length: 0...40) {
      // Around the text there is more than one block of text, ending anywhere in a block.
      let inner =
        Array(#"{"\#(String(repeating: "y", count: 40 + text.count))":["#.utf8) + text + Array("]}".utf8)
      let isSound = isContainer(inner)
      sound += isSound ? 1 : 0
      #expect(
        isOneJSONValue(inner, in: 0..<inner.count) == isSound, "\(String(decoding: inner, as: UTF8.self))")
    }
    #expect(sound > 100)
  }

  @Test("finds quotes behind any number of backslashes, wherever blocks end", arguments: 0...9)
  func backslashes(count: Int) {
    for padding in 0...70 {
      let text =
        Array(#"{"\#(String(repeating: "x", count: padding))"#.utf8)
        + Array(repeating: UInt8(ascii: "\\"), count: count)
        + Array(#"":{}}"#.utf8)
      #expect(isOneJSONValue(text, in: 0..<text.count) == (count % 2 == 0), "\(padding)")
    }
  }

  @Test("refuses a backslash outside of a text, which would hide a quote", arguments: [0, 61, 62, 63, 64])
  func strayed(padding: Int) {
    let text = Array((#"{"# + String(repeating: " ", count: padding) + #"\"a":1}"#).utf8)
    #expect(!isOneJSONValue(text, in: 0..<text.count))
  }

  @Test("gets the same masks on every machine")
  func portable() {
    for text in Self.texts(500, length: 64...64) + [Array(repeating: 0xFF, count: 64), Array(0x40...0x7F)] {
      let (here, anywhere) = (bytemasks_of_64(text), bytemasks_of_64_anywhere(text))
      #expect(here.quotes == anywhere.quotes && here.backslashes == anywhere.backslashes)
      #expect(here.brackets == anywhere.brackets)
      let half = bytemasks_of(text, 32)
      #expect(half.quotes == here.quotes & 0xFFFF_FFFF && half.brackets == here.brackets & 0xFFFF_FFFF)
    }
  }
}

/// A generator of numbers that are the same each time.
private struct Chance: RandomNumberGenerator {
  private var state: UInt64 = 0x2545_F491_4F6C_DD1D

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
