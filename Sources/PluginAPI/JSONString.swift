import ByteOutput

extension [UInt8] {
  /// Appends `text` as a JSON string with its quotes (RFC 8259, section 7).
  public mutating func appendJSONString(_ text: String) {
    appendJSONString(text.utf8.span)
  }

  /// Appends bytes, which should be UTF-8, as a JSON string with its quotes (RFC 8259, section 7).
  ///
  /// Only quotes, backslashes and control characters are escaped; everything else passes as it is. O(n).
  public mutating func appendJSONString(_ bytes: Span<UInt8>) {
    append(UInt8(ascii: "\""))
    bytes.withUnsafeBytes { bytes in
      JSONEscapes.forEachStretch(of: bytes) { append(contentsOf: $0) }
    }
    append(UInt8(ascii: "\""))
  }
}
