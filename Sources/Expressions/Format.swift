/// `'%s is %d'.format([x, y])` (cel-spec, doc/extensions/strings.md).
@Sendable
func format(_ arguments: [Value], _ call: inout CallContext) throws(EvaluationError) -> Value {
  guard case .string(let format) = arguments[0], case .list(let values) = arguments[1] else {
    throw .unsupported("format", arguments)
  }
  var writer = FormatWriter(format: format.utf8, values: values)
  try writer.write(&call.budget)
  return .string(Text(utf8: writer.result))
}

private struct FormatWriter {
  let format: [UInt8]
  let values: [Value]
  private var position = 0
  private var next = 0
  private(set) var result: [UInt8] = []

  init(format: [UInt8], values: [Value]) {
    self.format = format
    self.values = values
  }

  mutating func write(_ budget: inout Budget) throws(EvaluationError) {
    try budget.spend(bytes: format.count)
    while position < format.count {
      let byte = format[position]
      position += 1
      if byte == UInt8(ascii: "%") {
        try clause(&budget)
      } else {
        result.append(byte)
      }
    }
  }

  private mutating func clause(_ budget: inout Budget) throws(EvaluationError) {
    let start = position - 1
    if position < format.count, format[position] == UInt8(ascii: "%") {
      position += 1
      return result.append(UInt8(ascii: "%"))
    }
    let precision = try precision(from: start)
    guard position < format.count else { throw .badFormat(text(from: start)) }
    let verb = format[position]
    position += 1
    let clause = text(from: start)
    guard "sdfexXob".utf8.contains(verb) else { throw .badFormat(clause) }
    guard next < values.count else { throw .missingFormatArgument(next + 1) }
    let value = values[next]
    next += 1
    try budget.spend(value.size(limit: budget.remaining + 1) + (precision ?? 0) / 16)
    guard let text = try Self.text(of: value, verb, precision ?? 6) else {
      throw .formatArgument(clause, value)
    }
    result += text
  }

  private func text(from start: Int) -> String {
    var end = position
    while end < format.count, format[end] & 0xC0 == 0x80 { end += 1 }
    return String(decoding: format[start..<end], as: UTF8.self)
  }

  /// At most 1,000, which is more digits than a double has.
  private mutating func precision(from start: Int) throws(EvaluationError) -> Int? {
    guard position < format.count, format[position] == UInt8(ascii: ".") else { return nil }
    position += 1
    let first = position
    var precision = 0
    while position < format.count, isDigit(format[position]), precision <= 1_000 {
      precision = precision * 10 + Int(format[position] - UInt8(ascii: "0"))
      position += 1
    }
    guard position > first, precision <= 1_000 else { throw .badFormat(text(from: start)) }
    return precision
  }

  /// Nil where the clause does not take the value.
  private static func text(of value: Value, _ verb: UInt8, _ precision: Int) throws(EvaluationError)
    -> [UInt8]?
  {
    switch verb {
    case UInt8(ascii: "s"): try string(value)
    case UInt8(ascii: "d"): decimal(value).map { Array($0.utf8) }
    case UInt8(ascii: "f"): double(value).map { Array(fixedText(of: $0, decimals: precision).utf8) }
    case UInt8(ascii: "e"): double(value).map { Array(scientificText(of: $0, decimals: precision).utf8) }
    case UInt8(ascii: "x"): hexadecimal(value, uppercase: false)
    case UInt8(ascii: "X"): hexadecimal(value, uppercase: true)
    case UInt8(ascii: "o"): integer(value, radix: 8).map { Array($0.utf8) }
    default: binary(value).map { Array($0.utf8) }
    }
  }

  private static func decimal(_ value: Value) -> String? {
    if case .double(let it) = value { return fixedText(of: it, decimals: nil) }
    return integer(value, radix: 10)
  }

  private static func integer(_ value: Value, radix: Int, uppercase: Bool = false) -> String? {
    switch value {
    case .int(let it): String(it, radix: radix, uppercase: uppercase)
    case .uint(let it): String(it, radix: radix, uppercase: uppercase)
    default: nil
    }
  }

  private static func binary(_ value: Value) -> String? {
    if case .bool(let it) = value { return it ? "1" : "0" }
    return integer(value, radix: 2)
  }

  private static func double(_ value: Value) -> Double? {
    switch value {
    case .int(let it): Double(it)
    case .uint(let it): Double(it)
    case .double(let it): it
    default: nil
    }
  }

  private static func hexadecimal(_ value: Value, uppercase: Bool) -> [UInt8]? {
    let digits = Array((uppercase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    switch value {
    case .string(let it): return it.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    case .bytes(let it): return it.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    default: return integer(value, radix: 16, uppercase: uppercase).map { Array($0.utf8) }
    }
  }

  private static func string(_ value: Value) throws(EvaluationError) -> [UInt8] {
    switch value {
    case .null: return Array("null".utf8)
    case .bool(let it): return Array((it ? "true" : "false").utf8)
    case .int, .uint, .double: return Array((decimal(value) ?? "").utf8)
    case .string(let it): return it.utf8
    case .bytes(let it): return repaired(it)
    case .timestamp(let it): return Array(it.description.utf8)
    case .duration(let it): return Array(durationText(it).utf8)
    case .type(let it): return Array(it.name.utf8)
    case .list(let it): return try list(it)
    case .map(let it): return try map(it)
    case .optional: throw .formatArgument("%s", value)
    }
  }

  private static func list(_ values: [Value]) throws(EvaluationError) -> [UInt8] {
    var parts: [[UInt8]] = []
    for value in values { parts.append(try string(value)) }
    return Array("[".utf8) + parts.joined(separator: ", ".utf8) + Array("]".utf8)
  }

  private static func map(_ map: MapValue) throws(EvaluationError) -> [UInt8] {
    var parts: [(key: [UInt8], value: [UInt8])] = []
    for entry in map.entries { parts.append((try string(entry.key), try string(entry.value))) }
    parts.sort { $0.key.lexicographicallyPrecedes($1.key) }
    return Array("{".utf8) + parts.map { $0.key + Array(": ".utf8) + $0.value }.joined(separator: ", ".utf8)
      + Array("}".utf8)
  }

  /// UTF-8 with one U+FFFD for each run of bytes that are none.
  private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var wasInvalid = false
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        UTF8.encode(scalar).map { result += $0 }
        wasInvalid = false
      case .error:
        if !wasInvalid { result += [0xEF, 0xBF, 0xBD] }
        wasInvalid = true
      case .emptyInput: return result
      }
    }
  }
}
