/// Decodes string and bytes literals (langdef.md, "String and Bytes Values").
struct StringLiteral {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int
  private let isBytes: Bool
  private var decoded: [UInt8] = []

  /// The value of the literal that `token` covers: UTF-8 for a string, any bytes for a bytes literal.
  static func decode(_ token: Token, in bytes: [UInt8]) throws(ExpressionProblem) -> [UInt8] {
    var start = token.range.lowerBound
    var isRaw = false
    while start < token.range.upperBound, isLetter(bytes[start]) {
      if bytes[start] | 0x20 == UInt8(ascii: "r") { isRaw = true }
      start += 1
    }
    let quote = bytes[start]
    let isTriple =
      token.range.upperBound - start >= 6 && bytes[start + 1] == quote && bytes[start + 2] == quote
    let margin = isTriple ? 3 : 1
    let content = (start + margin)..<(token.range.upperBound - margin)
    if isRaw { return Array(bytes[content]) }
    var literal = StringLiteral(
      bytes: bytes, position: content.lowerBound, end: content.upperBound, isBytes: token.kind == .bytes)
    try literal.decode()
    return literal.decoded
  }

  private init(bytes: [UInt8], position: Int, end: Int, isBytes: Bool) {
    self.bytes = bytes
    self.position = position
    self.end = end
    self.isBytes = isBytes
    decoded.reserveCapacity(end - position)
  }

  private mutating func decode() throws(ExpressionProblem) {
    while position < end {
      if bytes[position] == UInt8(ascii: "\\") {
        try escape()
      } else {
        decoded.append(bytes[position])
        position += 1
      }
    }
  }

  private mutating func escape() throws(ExpressionProblem) {
    let start = position
    guard position + 1 < end else { throw .invalidEscape("\\", at: start..<end) }
    let code = bytes[position + 1]
    position += 2
    switch code {
    case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      decoded.append(code)
    case UInt8(ascii: "a"): decoded.append(0x07)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "v"): decoded.append(0x0B)
    case UInt8(ascii: "x"), UInt8(ascii: "X"): try appendOctet(digits(2, radix: 16, from: start))
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      position -= 1
      try appendOctet(digits(3, radix: 8, from: start))
    case UInt8(ascii: "u") where !isBytes: try append(utf16: digits(4, radix: 16, from: start), from: start)
    case UInt8(ascii: "U") where !isBytes: try append(scalar: digits(8, radix: 16, from: start), from: start)
    default: throw invalidEscape(from: start)
    }
  }

  private mutating func digits(_ count: Int, radix: UInt32, from start: Int) throws(ExpressionProblem)
    -> UInt32
  {
    guard position + count <= end else { throw invalidEscape(from: start) }
    var value: UInt32 = 0
    for byte in bytes[position..<(position + count)] {
      guard let digit = hexadecimalValue(byte), digit < radix else { throw invalidEscape(from: start) }
      value = value * radix + digit
    }
    position += count
    return value
  }

  /// A code point below 256 in a string, one octet in bytes.
  private mutating func appendOctet(_ value: UInt32) throws(ExpressionProblem) {
    if isBytes {
      decoded.append(UInt8(truncatingIfNeeded: value))
    } else {
      try append(scalar: value, from: position)
    }
  }

  /// `\u` may stand for half a surrogate pair where the other half follows at once.
  private mutating func append(utf16 unit: UInt32, from start: Int) throws(ExpressionProblem) {
    guard 0xD800..<0xDC00 ~= unit, position + 1 < end, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { return try append(scalar: unit, from: start) }
    position += 2
    let low = try digits(4, radix: 16, from: start)
    guard 0xDC00..<0xE000 ~= low else { throw invalidEscape(from: start) }
    try append(scalar: 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), from: start)
  }

  private mutating func append(scalar value: UInt32, from start: Int) throws(ExpressionProblem) {
    guard let scalar = Unicode.Scalar(value) else { throw invalidEscape(from: start) }
    decoded += UTF8.encode(scalar).map { Array($0) } ?? []
  }

  private func invalidEscape(from start: Int) -> ExpressionProblem {
    var stop = min(max(position, start + 2), end)
    while stop < end, bytes[stop] & 0xC0 == 0x80 { stop += 1 }
    return .invalidEscape(String(decoding: bytes[start..<stop], as: UTF8.self), at: start..<stop)
  }
}

/// The value of a hexadecimal digit in ASCII.
func hexadecimalValue(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
  default: nil
  }
}
