/// Reads RFC 3339 date-times and Go's duration texts, the two formats that the specification names.
struct DateTimeReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func accept(_ byte: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func number(_ digits: Int) -> Int? {
    guard position + digits <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<(position + digits)] {
      guard isDigit(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    position += digits
    return value
  }

  // MARK: RFC 3339

  mutating func timestamp() -> Timestamp? {
    guard let date = date(), accept("T"), let second = timeOfDay(), let nanoseconds = fraction(),
      let offset = zone(), position == bytes.count
    else { return nil }
    let seconds = date.daysSince1970 * 86_400 + Int64(second - offset)
    let timestamp = Timestamp(seconds: seconds, nanoseconds: nanoseconds)
    return timestamp.isInRange ? timestamp : nil
  }

  private mutating func date() -> CivilDate? {
    guard let year = number(4), accept("-"), let month = number(2), accept("-"), let day = number(2),
      1...12 ~= month, day >= 1, day <= CivilDate.days(inMonth: month, of: Int64(year))
    else { return nil }
    return CivilDate(year: Int64(year), month: month, day: day)
  }

  private mutating func timeOfDay() -> Int? {
    guard let hour = number(2), accept(":"), let minute = number(2), accept(":"), let second = number(2),
      hour < 24, minute < 60, second < 60
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// Nanoseconds; further digits are cut off.
  private mutating func fraction() -> Int32? {
    guard accept(".") else { return 0 }
    var value: Int32 = 0
    var digits = 0
    while let byte = peek(), isDigit(byte) {
      if digits < 9 { value = value * 10 + Int32(byte - UInt8(ascii: "0")) }
      digits += 1
      position += 1
    }
    guard digits > 0 else { return nil }
    for _ in min(digits, 9)..<9 { value *= 10 }
    return value
  }

  private mutating func zone() -> Int? { accept("Z") ? 0 : fixedOffset(requiresSign: true) }

  /// `+08:00`, `-02:30` or, in accessors, `02:00`; in seconds.
  mutating func fixedOffset(requiresSign: Bool) -> Int? {
    let isNegative = accept("-")
    guard isNegative || accept("+") || !requiresSign, let hours = number(2), accept(":"),
      let minutes = number(2),
      hours < 24, minutes < 60
    else { return nil }
    return (isNegative ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  static func fixedOffset(_ text: Text) -> Int? {
    var reader = DateTimeReader(text.utf8)
    guard let offset = reader.fixedOffset(requiresSign: false), reader.position == text.utf8.count else {
      return nil
    }
    return offset
  }

  // MARK: Durations

  /// `1h45m47s`, `-1.5h`, `0`; in nanoseconds (https://pkg.go.dev/time#ParseDuration).
  mutating func duration() -> Int64? {
    let isNegative = accept("-")
    if !isNegative { _ = accept("+") }
    if bytes[position...].elementsEqual("0".utf8) { return 0 }
    guard position < bytes.count else { return nil }
    var total: Int128 = 0
    while position < bytes.count {
      guard let part = durationPart() else { return nil }
      total += part
      if total > Int128(Int64.max) + 1 { return nil }
    }
    return Int64(exactly: isNegative ? -total : total)
  }

  private mutating func durationPart() -> Int128? {
    guard let whole = digits(limit: 19) else { return nil }
    var fraction: (value: Int128, count: Int) = (0, 0)
    if accept(".") {
      guard let part = digits(limit: .max) else { return nil }
      fraction = part
    }
    guard whole.count + fraction.count > 0, let unit = unit() else { return nil }
    var scale: Int128 = 1
    for _ in 0..<min(fraction.count, 18) { scale *= 10 }
    return whole.value * unit + fraction.value * unit / scale
  }

  /// A run of digits, perhaps empty: its value by the first 18 digits; nil where there are more than `limit`.
  private mutating func digits(limit: Int) -> (value: Int128, count: Int)? {
    var value: Int128 = 0
    var count = 0
    while let byte = peek(), isDigit(byte) {
      if limit < .max || count < 18 { value = value * 10 + Int128(byte - UInt8(ascii: "0")) }
      count += 1
      position += 1
      if count > limit { return nil }
    }
    return (value, count)
  }

  /// In nanoseconds.
  private mutating func unit() -> Int128? {
    let start = position
    while let byte = peek(), !isDigit(byte), byte != UInt8(ascii: ".") { position += 1 }
    switch String(decoding: bytes[start..<position], as: UTF8.self).unicodeScalars.map(\.value) {
    case [0x6E, 0x73]: return 1  // ns
    case [0x75, 0x73], [0xB5, 0x73], [0x3BC, 0x73]: return 1_000  // us, µs, μs
    case [0x6D, 0x73]: return 1_000_000  // ms
    case [0x73]: return 1_000_000_000  // s
    case [0x6D]: return 60_000_000_000  // m
    case [0x68]: return 3_600_000_000_000  // h
    default: return nil
    }
  }
}

/// Decimal seconds, as `string(duration)` gives them: `6347s`, `0.5s`.
func durationText(_ nanoseconds: Int64) -> String {
  let magnitude = nanoseconds.magnitude
  let fraction = fractionText(Int64(magnitude % 1_000_000_000))
  return (nanoseconds < 0 ? "-" : "") + String(magnitude / 1_000_000_000) + fraction + "s"
}
