public import ByteOutput

/// One JSON array, written while its elements come in: JSON lines as one document.
public struct JSONArray: Sendable {
  private var isEmpty = true

  public init() {}

  /// - Parameter lines: elements, each ended by a newline.
  public mutating func add(lines: [UInt8], into bytes: inout ByteWriter) {
    for line in lines.split(separator: UInt8(ascii: "\n")) {
      separate(&bytes)
      line.withUnsafeBytes { bytes.append($0) }
    }
  }

  /// Before an element that the caller writes.
  mutating func separate(_ bytes: inout ByteWriter) {
    bytes.append(literal: isEmpty ? "[\n" : ",\n")
    isEmpty = false
  }

  /// After the last element.
  public func end(into bytes: inout ByteWriter) { bytes.append(literal: isEmpty ? "[\n]" : "\n]") }

  /// All of `lines` as a document.
  public static func document(of lines: String) -> String {
    var array = JSONArray()
    var bytes = ByteWriter()
    array.add(lines: Array(lines.utf8), into: &bytes)
    array.end(into: &bytes)
    return bytes.text + "\n"
  }
}
