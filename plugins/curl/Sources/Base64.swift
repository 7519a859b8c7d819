#if Curl
  /// Base64 (RFC 4648, section 4).
  public enum Base64 {
    private static let alphabet = Array(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text that stands for `bytes`, padded and without line breaks. O(n).
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
      var (text, bits, count) = ([UInt8](), UInt32(0), 0)
      for byte in bytes {
        bits = bits << 8 | UInt32(byte)
        count += 8
        while count >= 6 {
          count -= 6
          text.append(alphabet[Int(bits >> UInt32(count) & 63)])
        }
      }
      if count > 0 { text.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
      while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
      return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that `text` stands for, with padding or without; nil where it is not Base64. O(n).
    public static func decode(_ text: String) -> [UInt8]? {
      var (bytes, bits, count) = ([UInt8](), UInt32(0), 0)
      let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
      let padding = text.utf8.dropFirst(digits.count)
      guard padding.count <= 2, padding.allSatisfy({ $0 == UInt8(ascii: "=") }), digits.count % 4 != 1 else {
        return nil
      }
      for digit in digits {
        guard let value = alphabet.firstIndex(of: digit) else { return nil }
        bits = bits << 6 | UInt32(value)
        count += 6
        if count >= 8 {
          count -= 8
          bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
      }
      return bytes
    }
  }
#endif
