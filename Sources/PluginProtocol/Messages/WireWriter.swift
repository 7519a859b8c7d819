import PluginAPI

/// Messages as lines, each with its end.
public enum WireWriter {
  /// - Parameter parameters: appends the members of `params`, each followed by a comma or none; `deadlineMs` stands first.
  public static func request(
    id: String, _ method: String, deadlineMilliseconds: Int64,
    _ parameters: (inout [UInt8]) -> Void = { _ in }
  ) -> [UInt8] {
    var line = Array(#"{"jsonrpc":"2.0","id":"#.utf8)
    line.appendJSONString(id)
    line.append(contentsOf: #","method":"#.utf8)
    line.appendJSONString(method)
    line.append(contentsOf: #","params":{"deadlineMs":\#(deadlineMilliseconds)"#.utf8)
    parameters(&line)
    line.append(contentsOf: "}}\n".utf8)
    return line
  }

  public static func notification(_ method: WireMethod, _ parameters: JSONValue = .object([:])) -> [UInt8] {
    var line = Array(#"{"jsonrpc":"2.0","method":"#.utf8)
    line.appendJSONString(method.rawValue)
    line.append(contentsOf: #","params":"#.utf8)
    line.appendJSON(parameters)
    line.append(contentsOf: "}\n".utf8)
    return line
  }

  /// - Parameter id: as the request had it, with its quotes.
  public static func response(id: [UInt8], _ result: JSONValue) -> [UInt8] {
    var line = Array(#"{"jsonrpc":"2.0","id":"#.utf8)
    line.append(contentsOf: id)
    line.append(contentsOf: #","result":"#.utf8)
    line.appendJSON(result)
    line.append(contentsOf: "}\n".utf8)
    return line
  }

  public static func failure(id: [UInt8]?, _ error: WireError) -> [UInt8] {
    var line = Array(#"{"jsonrpc":"2.0","id":"#.utf8)
    line.append(contentsOf: id ?? Array("null".utf8))
    line.append(contentsOf: #","error":{"code":\#(error.code),"message":"#.utf8)
    line.appendJSONString(error.message)
    if let data = error.data {
      line.append(contentsOf: #","data":"#.utf8)
      line.appendJSON(data)
    }
    line.append(contentsOf: "}}\n".utf8)
    return line
  }
}

extension [UInt8] {
  /// Appends a whole number from 0.
  mutating func appendDigits(_ number: Int) {
    var divisor = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      append(0x30 + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends `,"key":` before a further member.
  public mutating func appendKey(_ key: String) {
    append(UInt8(ascii: ","))
    appendJSONString(key)
    append(UInt8(ascii: ":"))
  }
}
