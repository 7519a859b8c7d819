extension JSONValue {
  /// How deep lists and objects may stand within one another.
  static let depthLimit = 64

  /// Reads one value, strictly (RFC 8259); of two members of one name the last one holds.
  public init(reading bytes: [UInt8], in range: Range<Int>? = nil) throws(JSONProblem) {
    let bytes = bytes.span.bytes.extracting(range ?? 0..<bytes.count)
    var reader = JSONReader(offset: bytes.skippingSpace(0))
    self = try reader.value(bytes, depth: 0)
    let end = bytes.skippingSpace(reader.offset)
    if end != bytes.byteCount { throw JSONProblem(.rest, at: end) }
  }
}

private struct JSONReader {
  var offset: Int

  mutating func value(_ bytes: RawSpan, depth: Int) throws(JSONProblem) -> JSONValue {
    if depth > JSONValue.depthLimit { throw JSONProblem(.depth, at: offset) }
    switch bytes.byte(offset) {
    case UInt8(ascii: "\""): return .text(try text(bytes))
    case UInt8(ascii: "{"): return try object(bytes, depth: depth)
    case UInt8(ascii: "["): return try list(bytes, depth: depth)
    default: return try scalar(bytes)
    }
  }

  private mutating func object(_ bytes: RawSpan, depth: Int) throws(JSONProblem) -> JSONValue {
    var members = [String: JSONValue]()
    offset = try bytes.forEachMember(offset) { (key, start) throws(JSONProblem) in
      var reader = JSONReader(offset: key.lowerBound - 1)
      let name = try reader.text(bytes)
      reader.offset = start
      members[name] = try reader.value(bytes, depth: depth + 1)
      return reader.offset
    }
    return .object(members)
  }

  private mutating func list(_ bytes: RawSpan, depth: Int) throws(JSONProblem) -> JSONValue {
    var items = [JSONValue]()
    offset = bytes.skippingSpace(offset + 1)
    if bytes.byte(offset) == UInt8(ascii: "]") {
      offset += 1
      return .list([])
    }
    while true {
      items.append(try value(bytes, depth: depth + 1))
      offset = bytes.skippingSpace(offset)
      switch bytes.byte(offset) {
      case UInt8(ascii: ","): offset = bytes.skippingSpace(offset + 1)
      case UInt8(ascii: "]"):
        offset += 1
        return .list(items)
      default: throw JSONProblem(.comma, at: offset)
      }
    }
  }

  private mutating func scalar(_ bytes: RawSpan) throws(JSONProblem) -> JSONValue {
    let start = offset
    offset = try bytes.endOfValue(offset)
    if bytes.equals(start..<offset, "null") { return .null }
    if bytes.equals(start..<offset, "true") { return .boolean(true) }
    if bytes.equals(start..<offset, "false") { return .boolean(false) }
    if let integer = integer(bytes, start..<offset) { return .number(integer) }
    let text = String(decoding: (start..<offset).map { bytes.byte($0) }, as: UTF8.self)
    guard text.isJSONNumber, let number = Double(text), number.isFinite else {
      throw JSONProblem(.number, at: start)
    }
    return .number(number)
  }

  /// A whole number of few digits, which need no conversion of texts; nil for anything else.
  private func integer(_ bytes: RawSpan, _ range: Range<Int>) -> Double? {
    guard range.count <= 15, bytes.byte(range.lowerBound) != UInt8(ascii: "0") || range.count == 1 else {
      return nil
    }
    var value = 0
    for offset in range {
      let digit = Int(bytes.byte(offset)) - 0x30
      guard (0...9).contains(digit) else { return nil }
      value = value * 10 + digit
    }
    return Double(value)
  }

  /// The text that begins with the quote at `offset`.
  private mutating func text(_ bytes: RawSpan) throws(JSONProblem) -> String {
    let end = try bytes.endOfText(offset + 1)
    if let text = bytes.plainText(offset + 1..<end - 1) {
      offset = end
      return text
    }
    var units = [UInt8]()
    units.reserveCapacity(end - offset)
    offset += 1
    while offset < end - 1 {
      let byte = bytes.byte(offset)
      if byte == UInt8(ascii: "\\") {
        let scalar = try escape(bytes)
        units.append(contentsOf: String(Character(scalar)).utf8)
      } else {
        units.append(byte)
        offset += 1
      }
    }
    offset = end
    return String(decoding: units, as: UTF8.self)
  }

  private mutating func escape(_ bytes: RawSpan) throws(JSONProblem) -> Unicode.Scalar {
    let start = offset
    offset += 2
    switch bytes.byte(start + 1) {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "u"): return try codePoint(bytes, escapeAt: start)
    case let byte where byte == 0x22 || byte == 0x5C || byte == 0x2F: return Unicode.Scalar(byte)
    default: throw JSONProblem(.escape, at: start)
    }
  }

  /// Four hexadecimal digits, or two such escapes that form a surrogate pair; a lone surrogate is U+FFFD.
  private mutating func codePoint(_ bytes: RawSpan, escapeAt start: Int) throws(JSONProblem) -> Unicode.Scalar
  {
    let unit = try codeUnit(bytes)
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, bytes.byte(offset) == UInt8(ascii: "\\"), bytes.byte(offset + 1) == UInt8(ascii: "u")
    else { return "\u{FFFD}" }
    offset += 2
    let second = try codeUnit(bytes)
    guard second & 0xFC00 == 0xDC00 else { return "\u{FFFD}" }
    return Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + second & 0x3FF) ?? "\u{FFFD}"
  }

  private mutating func codeUnit(_ bytes: RawSpan) throws(JSONProblem) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes.byte(offset))).hexDigitValue else {
        throw JSONProblem(.escape, at: offset)
      }
      unit = unit << 4 | UInt32(digit)
      offset += 1
    }
    return unit
  }
}

extension RawSpan {
  /// The characters of a text without escapes; nil where it has some.
  fileprivate func plainText(_ range: Range<Int>) -> String? {
    for offset in range where byte(offset) == UInt8(ascii: "\\") { return nil }
    return extracting(range).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }
}

extension String {
  /// RFC 8259, section 6: no leading zeros, no plus, digits around the point.
  fileprivate var isJSONNumber: Bool {
    var rest = Substring(self).utf8
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = rest.digits()
    guard !whole.isEmpty, whole.count == 1 || whole.first != 0x30 else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      if rest.digits().isEmpty { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      if rest.digits().isEmpty { return false }
    }
    return rest.isEmpty
  }
}

extension Substring.UTF8View {
  /// Takes the digits at the front.
  fileprivate mutating func digits() -> Substring.UTF8View {
    let digits = prefix { (0x30...0x39).contains($0) }
    self = self[digits.endIndex...]
    return digits
  }
}
