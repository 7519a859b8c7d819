/// A number's spelling, taken apart: (-1)^negative * digits * 10^exponent.
struct JSONNumber {
  var end: Int
  var isNegative = false
  /// The first 19 significant digits.
  var digits: UInt64 = 0
  var exponent = 0
  /// Whether a digit other than 0 did not fit into `digits`.
  var isCut = false
}

extension RawSpan {
  /// Reads a number by the grammar of RFC 8259, section 6.
  func number(at start: Int) throws(JSONFailure) -> JSONNumber {
    var number = JSONNumber(end: start)
    if byte(start) == UInt8(ascii: "-") {
      number.isNegative = true
      number.end += 1
    }
    let leading = number.end
    readDigits(of: &number, exponentStep: 0, cutStep: 1)
    guard number.end > leading else { throw JSONFailure(.malformedNumber, at: leading) }
    guard byte(leading) != UInt8(ascii: "0") || number.end == leading + 1 else {
      throw JSONFailure(.malformedNumber, at: leading)
    }
    try readFraction(of: &number)
    try readExponent(of: &number)
    return number
  }

  @inline(__always)
  private func readDigits(of number: inout JSONNumber, exponentStep: Int, cutStep: Int) {
    while true {
      let digit = byte(number.end) &- UInt8(ascii: "0")
      guard digit <= 9 else { return }
      if number.digits < 1_000_000_000_000_000_000 {
        number.digits = number.digits &* 10 &+ UInt64(digit)
        number.exponent += exponentStep
      } else {
        number.isCut = number.isCut || digit != 0
        number.exponent += cutStep
      }
      number.end += 1
    }
  }

  @inline(__always)
  private func readFraction(of number: inout JSONNumber) throws(JSONFailure) {
    guard byte(number.end) == UInt8(ascii: ".") else { return }
    number.end += 1
    let start = number.end
    readDigits(of: &number, exponentStep: -1, cutStep: 0)
    if number.end == start { throw JSONFailure(.malformedNumber, at: start) }
  }

  @inline(__always)
  private func readExponent(of number: inout JSONNumber) throws(JSONFailure) {
    guard byte(number.end) | 0x20 == UInt8(ascii: "e") else { return }
    number.end += 1
    let sign = byte(number.end)
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { number.end += 1 }
    let start = number.end
    var exponent = 0
    while byte(number.end) &- UInt8(ascii: "0") <= 9 {
      // Beyond any exponent that a record's digits could make up for, so that it does not overflow.
      if exponent < 1 << 40 { exponent = exponent * 10 + Int(byte(number.end) - UInt8(ascii: "0")) }
      number.end += 1
    }
    if number.end == start { throw JSONFailure(.malformedNumber, at: start) }
    number.exponent += sign == UInt8(ascii: "-") ? -exponent : exponent
  }
}

extension JSONNumber {
  enum IntegerValue {
    case value(Int64), notIntegral, tooLarge
  }

  /// The number as an integer: `3`, `3.0` and `3e2` are, as spreadsheets write whole numbers with a fraction.
  var integer: IntegerValue {
    if digits == 0 { return .value(0) }
    var (digits, exponent) = (digits, exponent)
    while exponent < 0, digits.isMultiple(of: 10) {
      digits /= 10
      exponent += 1
    }
    if exponent < 0 || isCut && exponent == 0 { return .notIntegral }
    while exponent > 0 {
      let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
      if overflow { return .tooLarge }
      digits = product
      exponent -= 1
    }
    let limit = UInt64(Int64.max) + (isNegative ? 1 : 0)
    if digits > limit { return .tooLarge }
    return .value(Int64(truncatingIfNeeded: isNegative ? 0 &- digits : digits))
  }

  /// The nearest double, or nil where it is larger than all of them.
  ///
  /// Digits and powers of ten that a double holds exactly need one rounding (Clinger, "How to read floating point
  /// numbers accurately", 1990); what is longer goes to the standard library, which allocates above 15 characters.
  func double(spelledIn bytes: RawSpan, at start: Int) -> Double? {
    if digits < 1 << 53, !isCut, abs(exponent) <= 22 {
      let power = Self.powersOfTen[abs(exponent)]
      let value = exponent < 0 ? Double(digits) / power : Double(digits) * power
      return isNegative ? -value : value
    }
    let spelling = bytes.extracting(start..<end).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    return Double(spelling).flatMap { $0.isFinite ? $0 : nil }
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
    1e20, 1e21, 1e22,
  ]
}
