/// The encoders extension: base64 (RFC 4648, section 4).
let encodingFunctions: [Function] = [
  Function("base64.encode", [FunctionSignature([.bytes], .string)], result: .sum) {
    arguments, call throws(EvaluationError) in
    guard case .bytes(let bytes) = arguments[0] else { throw .unsupported("base64.encode", arguments) }
    try call.budget.spend(bytes: bytes.count)
    return .string(Text(utf8: base64(bytes)))
  },
  Function("base64.decode", [FunctionSignature([.string], .bytes)], result: .sum) {
    arguments, call throws(EvaluationError) in
    guard case .string(let text) = arguments[0] else { throw .unsupported("base64.decode", arguments) }
    try call.budget.spend(bytes: text.utf8.count)
    guard let bytes = decodedBase64(text.utf8) else { throw .invalidBase64() }
    return .bytes(bytes)
  },
]

private let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

private func base64(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count / 3 * 4 + 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let count = min(3, bytes.count - start)
    var group: UInt32 = 0
    for index in 0..<3 { group = group << 8 | (index < count ? UInt32(bytes[start + index]) : 0) }
    for index in 0..<4 {
      let digit = alphabet[Int(group >> UInt32(18 - 6 * index) & 63)]
      result.append(index <= count ? digit : UInt8(ascii: "="))
    }
  }
  return result
}

/// With or without padding; nil where it is no base64.
private func decodedBase64(_ text: [UInt8]) -> [UInt8]? {
  let digits = text.prefix { $0 != UInt8(ascii: "=") }
  let padding = text.count - digits.count
  guard text[digits.endIndex...].allSatisfy({ $0 == UInt8(ascii: "=") }), digits.count % 4 != 1,
    padding == 0 || (padding <= 2 && text.count % 4 == 0)
  else { return nil }
  var result: [UInt8] = []
  var group: UInt32 = 0
  var bits = 0
  for digit in digits {
    guard let value = alphabet.firstIndex(of: digit) else { return nil }
    group = group << 6 | UInt32(value)
    bits += 6
    if bits >= 8 {
      bits -= 8
      result.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
    }
  }
  return result
}
