import PluginAPI
import PluginProtocol

/// The secrets that were handed to plugins, and how they are kept out of everything that is shown or written.
///
/// A secret is looked for as it is, as a JSON string has it, percent-encoded and in base64: the forms in which libraries
/// quote what they were given.
public struct Redaction: Hashable, Sendable {
  static let mark = "[redacted]"

  /// Longest first, so that a secret within another one does not spoil it.
  private var forms: [[UInt8]] = []

  public init(_ secrets: some Sequence<String> = []) {
    var forms = Set<[UInt8]>()
    for secret in secrets where !secret.isEmpty {
      // Passwords read from files often stand in messages line by line.
      for part in [secret] + secret.split(separator: "\n").map(String.init) where !part.isEmpty {
        forms.formUnion(Self.forms(of: Array(part.utf8)))
      }
    }
    self.forms = forms.sorted { ($1.count, $0.first ?? 0) < ($0.count, $1.first ?? 0) }
  }

  public var isEmpty: Bool { forms.isEmpty }

  public func apply(_ text: String) -> String {
    forms.isEmpty ? text : String(decoding: apply(Array(text.utf8)), as: UTF8.self)
  }

  func apply(_ bytes: [UInt8]) -> [UInt8] {
    forms.reduce(bytes) { bytes, form in bytes.replacing(form, with: Array(Self.mark.utf8)) }
  }

  func apply(_ error: PluginError) -> PluginError {
    var error = error
    error.message = apply(error.message)
    error.hint = error.hint.map(apply)
    error.pointer = error.pointer.map(apply)
    return error
  }

  private static func forms(of secret: [UInt8]) -> [[UInt8]] {
    var quoted = [UInt8]()
    quoted.appendJSONString(String(decoding: secret, as: UTF8.self))
    return [
      secret, Array(quoted.dropFirst().dropLast()), percentEncoded(secret), base64(secret),
      escapedASCII(secret),
    ]
  }

  private static func percentEncoded(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte -> [UInt8] in
      let isUnreserved =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-._~".utf8.contains(byte)
      if isUnreserved { return [byte] }
      let digits = Array("0123456789ABCDEF".utf8)
      return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }

  /// Without padding, so that it is found with it as well.
  private static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var bits: UInt32 = 0
    var count: UInt32 = 0
    var text = [UInt8]()
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(alphabet[Int(bits >> count & 63)])
      }
    }
    if count > 0 { text.append(alphabet[Int(bits << (6 - count) & 63)]) }
    return text
  }

  /// As JSON writers that write ASCII only have it: `\u5bc6`.
  private static func escapedASCII(_ bytes: [UInt8]) -> [UInt8] {
    var text = [UInt8]()
    for unit in String(decoding: bytes, as: UTF8.self).utf16 {
      if unit < 0x80 {
        text.append(UInt8(unit))
      } else {
        let digits = String(unit, radix: 16)
        text.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
      }
    }
    return text
  }
}
