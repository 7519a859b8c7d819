/// Reads one member of a JSON object without decoding the rest: what `get` compares ids with.
struct TicketIdentifier {
  private let field: String

  /// - Parameter field: the member's name at the top level.
  init(field: String) { self.field = field }

  /// The member's text, or a number as it is written; nil where there is none, or no object.
  func read(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String? {
    let bytes = UnsafeBufferPointer(rebasing: bytes[range])
    var index = 0
    guard Self.byte(in: bytes, at: &index) == UInt8(ascii: "{") else { return nil }
    repeat {
      index += 1
      guard let name = Self.value(in: bytes, at: &index),
        Self.byte(in: bytes, at: &index) == UInt8(ascii: ":")
      else { return nil }
      index += 1
      guard let value = Self.value(in: bytes, at: &index) else { return nil }
      if Self.text(name) == field { return Self.text(value) }
    } while Self.byte(in: bytes, at: &index) == UInt8(ascii: ",")
    return nil
  }

  /// The next byte that is no white space; `index` is where it stands.
  private static func byte(in bytes: UnsafeBufferPointer<UInt8>, at index: inout Int) -> UInt8? {
    while index < bytes.count, bytes[index].isJSONSpace { index += 1 }
    return index < bytes.count ? bytes[index] : nil
  }

  /// The next value; `index` is behind it. Nil where there is none.
  private static func value(
    in bytes: UnsafeBufferPointer<UInt8>, at index: inout Int
  ) -> Slice<UnsafeBufferPointer<UInt8>>? {
    guard byte(in: bytes, at: &index) != nil else { return nil }
    let start = index
    var scanner = JSONValueScanner()
    guard let end = scanner.end(in: bytes, from: start), end > start else { return nil }
    index = end
    return bytes[start..<end]
  }

  /// A string's content with its escapes resolved, or a number as it is written; nil for anything else.
  private static func text(_ value: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    switch value.first {
    case UInt8(ascii: "\""): return unescaped(value.dropFirst().dropLast())
    case let first? where first == UInt8(ascii: "-") || (0x30...0x39).contains(first):
      return String(decoding: value, as: UTF8.self)
    default: return nil
    }
  }

  private static func unescaped(_ content: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    guard content.contains(UInt8(ascii: "\\")) else { return String(decoding: content, as: UTF8.self) }
    var units = [UInt16]()
    var rest = content
    while let byte = rest.first {
      if byte == UInt8(ascii: "\\") {
        guard let unit = takeEscape(&rest) else { return nil }
        units.append(unit)
      } else {
        let plain = rest.prefix { $0 != UInt8(ascii: "\\") }
        units += String(decoding: plain, as: UTF8.self).utf16
        rest = rest[plain.endIndex...]
      }
    }
    return String(decoding: units, as: UTF16.self)
  }

  /// RFC 8259, section 7.
  private static func takeEscape(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> UInt16? {
    let letter = rest.dropFirst().first
    if letter == UInt8(ascii: "u") {
      let digits = rest.dropFirst(2).prefix(4)
      rest = rest.dropFirst(6)
      return digits.count == 4 ? UInt16(String(decoding: digits, as: UTF8.self), radix: 16) : nil
    }
    rest = rest.dropFirst(2)
    switch letter {
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    default: return letter.map(UInt16.init)
    }
  }
}
