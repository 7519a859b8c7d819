#if Curl
  /// Percent-encoding (RFC 3986, section 2.1).
  public enum PercentEncoding {
    /// `text` with each byte that is not kept as `%` and two digits. Different texts stay different as long as `%` is not kept.
    public static func encode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
      var encoded = ""
      for byte in text.utf8 {
        if byte < 0x80, isKept(byte) {
          encoded.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
          encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
      }
      return encoded
    }

    /// `text` as one part of a path or a query: letters, digits and `-._~` are kept.
    public static func encodePart(_ text: String) -> String {
      encode(text) { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || "-._~".utf8.contains(byte)
      }
    }
  }
#endif
