/// The digits of a double: 0.d1d2d3… x 10^point.
struct DecimalDigits {
  var isNegative: Bool
  /// 0 to 9 each, without zeros at either end; empty for zero.
  var digits: [UInt8]
  var point: Int

  /// The fewest digits that read back as the same double. The value must be finite.
  init(shortest value: Double) {
    let text = Array(value.magnitude.description.utf8)
    let mantissa = text.prefix { $0 != UInt8(ascii: "e") }
    let exponent = Int(String(decoding: text.dropFirst(mantissa.count + 1), as: UTF8.self)) ?? 0
    let whole = mantissa.prefix { $0 != UInt8(ascii: ".") }.count
    self.init(
      isNegative: value.sign == .minus,
      digits: mantissa.filter { $0 != UInt8(ascii: ".") }.map { $0 - UInt8(ascii: "0") },
      point: whole + exponent)
  }

  /// All digits of the value's exact binary fraction, 767 at most. The value must be finite.
  init(exact value: Double) {
    let mantissa = value.magnitude.significandBitPattern | (value.isNormal ? 1 << 52 : 0)
    let exponent = Int(max(value.exponentBitPattern, 1)) - 1075
    var number = BigDecimal(mantissa)
    if exponent >= 0 {
      number.multiply(byPowerOf: 2, exponent)
    } else {
      // m / 2^k = m * 5^k / 10^k
      number.multiply(byPowerOf: 5, -exponent)
    }
    let digits = number.digits
    self.init(isNegative: value.sign == .minus, digits: digits, point: digits.count + min(0, exponent))
  }

  private init(isNegative: Bool, digits: [UInt8], point: Int) {
    let leading = digits.prefix { $0 == 0 }.count
    self.isNegative = isNegative
    self.digits = Array(digits.dropFirst(leading))
    self.point = leading == digits.count ? 0 : point - leading
    dropTrailingZeros()
  }

  private mutating func dropTrailingZeros() {
    while digits.last == 0 { digits.removeLast() }
  }

  /// Keeps `count` digits (perhaps none or fewer than none), rounding half to even.
  mutating func round(to count: Int) {
    guard count < digits.count else { return }
    let kept = max(count, 0)
    let isUp = count >= 0 && roundsUp(at: count)
    digits.removeSubrange(kept...)
    if isUp { increment() }
    dropTrailingZeros()
    if digits.isEmpty { point = 0 }
  }

  private func roundsUp(at index: Int) -> Bool {
    if digits[index] != 5 || index + 1 < digits.count { return digits[index] >= 5 }
    return index > 0 && digits[index - 1] % 2 == 1
  }

  private mutating func increment() {
    var index = digits.count - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 {
      digits[index] += 1
    } else {
      digits.insert(1, at: 0)
      point += 1
    }
  }

  private func digit(_ index: Int) -> String { digits.indices.contains(index) ? String(digits[index]) : "0" }

  /// `-12.50`: as many decimals as asked, or as there are.
  func fixed(decimals: Int?) -> String {
    let decimals = decimals ?? max(0, digits.count - point)
    let whole = point > 0 ? (0..<point).map(digit).joined() : "0"
    let fraction = (0..<decimals).map { digit(point + $0) }.joined()
    return (isNegative ? "-" : "") + whole + (decimals > 0 ? "." + fraction : "")
  }

  /// `-1.25e+01`: an exponent of two digits at least.
  func scientific(decimals: Int?) -> String {
    let decimals = decimals ?? max(0, digits.count - 1)
    let exponent = digits.isEmpty ? 0 : point - 1
    let fraction = decimals > 0 ? "." + (1...decimals).map(digit).joined() : ""
    let power = (exponent < 0 ? "-" : "+") + padded(Int64(exponent.magnitude), 2)
    return (isNegative ? "-" : "") + digit(0) + fraction + "e" + power
  }
}

/// An unsigned decimal integer of any length, in base 10^9, lowest part first.
private struct BigDecimal {
  private var parts: [UInt64]

  init(_ value: UInt64) {
    parts = [value % 1_000_000_000, value / 1_000_000_000 % 1_000_000_000, value / 1_000_000_000_000_000_000]
  }

  mutating func multiply(byPowerOf base: UInt64, _ exponent: Int) {
    for _ in 0..<exponent { multiply(by: base) }
  }

  private mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in parts.indices {
      let product = parts[index] * factor + carry
      parts[index] = product % 1_000_000_000
      carry = product / 1_000_000_000
    }
    if carry > 0 { parts.append(carry) }
  }

  var digits: [UInt8] {
    parts.reversed().flatMap { padded(Int64($0), 9).utf8.map { $0 - UInt8(ascii: "0") } }
  }
}

/// `string(double)`: as Go's `strconv.FormatFloat(value, 'g', -1, 64)`, which cel-go uses.
func shortestText(of value: Double) -> String {
  guard value.isFinite else { return value.isNaN ? "NaN" : value > 0 ? "+Inf" : "-Inf" }
  let digits = DecimalDigits(shortest: value)
  return -4..<6 ~= digits.point - 1 ? digits.fixed(decimals: nil) : digits.scientific(decimals: nil)
}

/// A double in `format`: no exponent, `precision` decimals or as many as it takes.
func fixedText(of value: Double, decimals: Int?) -> String {
  guard value.isFinite else { return value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity" }
  guard let decimals else { return DecimalDigits(shortest: value).fixed(decimals: nil) }
  var digits = DecimalDigits(exact: value)
  digits.round(to: digits.point + decimals)
  return digits.fixed(decimals: decimals)
}

/// A double in `format` with an exponent.
func scientificText(of value: Double, decimals: Int) -> String {
  guard value.isFinite else { return fixedText(of: value, decimals: nil) }
  var digits = DecimalDigits(exact: value)
  digits.round(to: decimals + 1)
  return digits.scientific(decimals: decimals)
}
