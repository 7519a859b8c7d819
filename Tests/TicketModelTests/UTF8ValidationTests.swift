import Testing

@testable import TicketModel

@Suite("Bytes are UTF-8 exactly where the standard library says so")
struct UTF8ValidationTests {
  private func firstInvalid(_ bytes: [UInt8]) -> Int? {
    let padded = bytes + Array(repeating: 0, count: Ticket.padding)
    return padded.span.bytes.firstInvalidUTF8(count: bytes.count)
  }

  private func expectAgreement(_ bytes: [UInt8], at offset: Int) {
    let isValid = String(validating: bytes, as: UTF8.self) != nil
    let invalid = firstInvalid(bytes)
    #expect((invalid == nil) == isValid, "\(bytes) at \(offset)")
    if let invalid { #expect(String(validating: bytes[..<invalid], as: UTF8.self) != nil, "\(bytes)") }
  }

  /// The bytes on either side of every bound in table 3-7 of the Unicode standard.
  static let bounds: [UInt8] = [
    0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
    0xEF, 0xF0, 0xF1,
    0xF3, 0xF4, 0xF5, 0xFF,
  ]

  @Test("for every two bounds and two more bytes", arguments: bounds)
  func pairs(_ first: UInt8) {
    for second in Self.bounds {
      for tail: [UInt8] in [
        [], [0x80], [0x80, 0x80], [0xBF, 0xBF], [0x80, 0x41], [0x41, 0x80], [0x80, 0x80, 0x80],
      ] {
        expectAgreement([first, second] + tail, at: 0)
        // Across the end of a block of sixteen bytes.
        expectAgreement(Array(repeating: 0x61, count: 17) + [first, second] + tail, at: 17)
      }
    }
  }

  @Test("for sequences at every place of a block, whole and cut off", arguments: 0..<40)
  func places(_ offset: Int) {
    let before = Array(repeating: UInt8(ascii: "a"), count: offset)
    for sequence in [
      "é", "中", "\u{FFFD}", "😀", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{10FFFF}", "中文，标点。测试",
    ] {
      let bytes = Array(sequence.utf8)
      for count in 1...bytes.count {
        expectAgreement(before + bytes[..<count], at: offset)
        expectAgreement(before + bytes[..<count] + Array("b中".utf8), at: offset)
      }
    }
  }

  @Test("for random bytes", arguments: [1, 2, 3] as [UInt64])
  func random(_ seed: UInt64) {
    var generator = SplitMix(state: seed)
    for _ in 0..<300 {
      let pieces = (0..<Int.random(in: 0..<12, using: &generator)).map { _ in
        Bool.random(using: &generator)
          ? Array("中é😀ab".utf8.shuffled(using: &generator).prefix(2))
          : Array(["设备", "x", "é", "😀", "报错：E1042"].randomElement(using: &generator).map(\.utf8) ?? "".utf8)
      }
      let valid = pieces.filter { String(validating: $0, as: UTF8.self) != nil }
      expectAgreement(Array(valid.joined()), at: 0)
      expectAgreement(Array(pieces.joined()), at: 0)
    }
  }
}
