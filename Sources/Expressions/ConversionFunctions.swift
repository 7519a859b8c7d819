/// The functions that are called like the type that they give.
let conversionFunctions: [Function] = [
  conversion("bool", .bool, from: [.bool, .string], body: toBool),
  conversion("bytes", .bytes, from: [.bytes, .string], result: .sum) { value throws(EvaluationError) in
    switch value {
    case .bytes: value
    case .string(let it): .bytes(it.utf8)
    default: throw .unsupported("bytes", [value])
    }
  },
  conversion("double", .double, from: [.double, .int, .uint, .string], body: toDouble),
  conversion("int", .int, from: [.int, .uint, .double, .string, .timestamp], body: toInt),
  conversion("uint", .uint, from: [.uint, .int, .double, .string], body: toUint),
  conversion(
    "string", .string, from: [.string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration],
    result: .sum,
    body: toString),
  conversion("timestamp", .timestamp, from: [.timestamp, .string, .int], body: toTimestamp),
  conversion("duration", .duration, from: [.duration, .string], body: toDuration),
]

private func conversion(
  _ name: String, _ type: Type, from sources: [Type], result: Function.ResultSize = .constant,
  body: @escaping @Sendable (Value) throws(EvaluationError) -> Value
) -> Function {
  Function(name, sources.map { FunctionSignature([$0], type) }, result: result) {
    arguments, call throws(EvaluationError) in
    if case .string(let text) = arguments[0] { try call.budget.spend(bytes: text.utf8.count) }
    return try body(arguments[0])
  }
}

@Sendable
private func toBool(_ value: Value) throws(EvaluationError) -> Value {
  switch value {
  case .bool: return value
  case .string(let it):
    switch it.string.utf8.count <= 5 ? it.string : "" {
    case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
    case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
    default: throw .cannotConvert(value, to: "bool")
    }
  default: throw .unsupported("bool", [value])
  }
}

@Sendable
private func toDouble(_ value: Value) throws(EvaluationError) -> Value {
  switch value {
  case .double: return value
  case .int(let it): return .double(Double(it))
  case .uint(let it): return .double(Double(it))
  case .string(let it):
    guard let number = parsedDouble(it) else { throw .cannotConvert(value, to: "double") }
    return .double(number)
  default: throw .unsupported("double", [value])
  }
}

/// Nil for what is no number or too large for a double.
private func parsedDouble(_ text: Text) -> Double? {
  guard text.utf8.count <= 1_100, let number = Double(text.string) else { return nil }
  let namesInfinity = text.utf8.contains { $0 | 0x20 == UInt8(ascii: "i") }
  return number.isInfinite && !namesInfinity ? nil : number
}

@Sendable
private func toInt(_ value: Value) throws(EvaluationError) -> Value {
  switch value {
  case .int: return value
  case .uint(let it):
    guard let number = Int64(exactly: it) else { throw .outOfRange(value, of: "int") }
    return .int(number)
  case .double(let it):
    // Both ends are left out, as cel-go does: a double near them may already have been rounded.
    guard it > -9_223_372_036_854_775_808, it < 9_223_372_036_854_775_808 else {
      throw .outOfRange(value, of: "int")
    }
    return .int(Int64(it))
  case .string(let it):
    guard let number = Int64(it.string) else { throw .cannotConvert(value, to: "int") }
    return .int(number)
  case .timestamp(let it): return .int(it.seconds)
  default: throw .unsupported("int", [value])
  }
}

@Sendable
private func toUint(_ value: Value) throws(EvaluationError) -> Value {
  switch value {
  case .uint: return value
  case .int(let it):
    guard let number = UInt64(exactly: it) else { throw .outOfRange(value, of: "uint") }
    return .uint(number)
  case .double(let it):
    guard it >= 0, it < 18_446_744_073_709_551_616 else { throw .outOfRange(value, of: "uint") }
    return .uint(UInt64(it))
  case .string(let it):
    guard it.utf8.first.map(isDigit) == true, let number = UInt64(it.string) else {
      throw .cannotConvert(value, to: "uint")
    }
    return .uint(number)
  default: throw .unsupported("uint", [value])
  }
}

@Sendable
private func toString(_ value: Value) throws(EvaluationError) -> Value {
  switch value {
  case .string: return value
  case .bool(let it): return .string(it ? "true" : "false")
  case .int(let it): return .string(String(it))
  case .uint(let it): return .string(String(it))
  case .double(let it): return .string(shortestText(of: it))
  case .bytes(let it):
    guard String(validating: it, as: UTF8.self) != nil else { throw .invalidUTF8() }
    return .string(Text(utf8: it))
  case .timestamp(let it): return .string(it.description)
  case .duration(let it): return .string(durationText(it))
  default: throw .unsupported("string", [value])
  }
}

@Sendable
private func toTimestamp(_ value: Value) throws(EvaluationError) -> Value {
  switch value {
  case .timestamp: return value
  case .int(let it):
    let timestamp = Timestamp(seconds: it, nanoseconds: 0)
    guard timestamp.isInRange else { throw .outOfRange(value, of: "timestamp") }
    return .timestamp(timestamp)
  case .string(let it):
    guard let timestamp = Timestamp(it) else { throw .cannotConvert(value, to: "timestamp (RFC 3339)") }
    return .timestamp(timestamp)
  default: throw .unsupported("timestamp", [value])
  }
}

@Sendable
private func toDuration(_ value: Value) throws(EvaluationError) -> Value {
  switch value {
  case .duration: return value
  case .string(let it):
    var reader = DateTimeReader(it.utf8)
    guard let duration = reader.duration() else {
      throw .cannotConvert(value, to: "duration such as '1h30m'")
    }
    return .duration(duration)
  default: throw .unsupported("duration", [value])
  }
}
