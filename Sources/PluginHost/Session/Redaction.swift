import PluginAPI
import PluginProtocol

/// The secrets that were handed to plugins, and how they are kept out of everything that is shown or written.
///
/// A secret is looked for as it is, percent-encoded, in base64, and with any of its characters escaped as JSON allows: the
/// forms in which libraries quote what they were given.
public struct Redaction: Hashable, Sendable {
  static let mark = Array("[redacted]".utf8)

  /// Longest first, so that a secret within another one does not spoil it.
  private var forms: [[UInt8]] = []

  public init(_ secrets: some Sequence<String> = []) {
    var forms = Set<[UInt8]>()
    for secret in secrets {
      // Keys of several lines often stand in messages line by line.
      for part in [secret] + secret.split(separator: "\n").map(String.init) where !part.isEmpty {
        let bytes = Array(part.utf8)
        forms.formUnion([bytes, Self.percentEncoded(bytes), Self.base64(bytes)])
      }
    }
    self.forms = forms.sorted { ($1.count, $0.first ?? 0) < ($0.count, $1.first ?? 0) }
  }

  public var isEmpty: Bool { forms.isEmpty }

  public func apply(_ text: String) -> String {
    forms.isEmpty ? text : String(decoding: apply(Array(text.utf8)), as: UTF8.self)
  }

  /// O(bytes x secrets); a line without secrets is not copied.
  func apply(_ bytes: [UInt8]) -> [UInt8] {
    var result = [UInt8]()
    var copied = 0
    var index = 0
    while index < bytes.count {
      guard let end = endOfSecret(in: bytes, at: index) else {
        index += 1
        continue
      }
      result += bytes[copied..<index]
      result += Self.mark
      (index, copied) = (end, end)
    }
    return copied == 0 ? bytes : result + bytes[copied...]
  }

  func apply(_ error: PluginError) -> PluginError {
    var error = error
    error.message = apply(error.message)
    error.hint = error.hint.map(apply)
    error.pointer = error.pointer.map(apply)
    return error
  }

  /// Where the secret that begins at `start` ends.
  private func endOfSecret(in bytes: [UInt8], at start: Int) -> Int? {
    for form in forms where bytes[start] == form[0] || bytes[start] == UInt8(ascii: "\\") {
      if let end = Self.end(of: form, in: bytes, at: start) { return end }
    }
    return nil
  }

  /// Where `form` ends that begins at `start`, each of its characters as it is or escaped (RFC 8259, section 7).
  private static func end(of form: [UInt8], in bytes: [UInt8], at start: Int) -> Int? {
    var index = start
    var position = 0
    while position < form.count {
      guard index < bytes.count else { return nil }
      if bytes[index] == form[position], form[position] != UInt8(ascii: "\\") || !isEscape(bytes, index) {
        index += 1
        position += 1
        continue
      }
      guard let (character, end) = escape(bytes, at: index), form[position...].starts(with: character) else {
        return nil
      }
      index = end
      position += character.count
    }
    return index
  }

  private static func isEscape(_ bytes: [UInt8], _ index: Int) -> Bool { escape(bytes, at: index) != nil }

  /// The character that the escape at `start` stands for, in UTF-8, and where the escape ends.
  private static func escape(_ bytes: [UInt8], at start: Int) -> (character: [UInt8], end: Int)? {
    guard bytes[start] == UInt8(ascii: "\\"), start + 1 < bytes.count else { return nil }
    // Two escapes may form one character: a surrogate pair.
    for length in [2, 6, 12] where start + length <= bytes.count {
      var quoted = [UInt8(ascii: "\"")]
      quoted += bytes[start..<start + length]
      quoted.append(UInt8(ascii: "\""))
      guard let text = try? JSONValue(reading: quoted).text, text.unicodeScalars.count == 1,
        text != "\u{FFFD}"
      else {
        continue
      }
      return (Array(text.utf8), start + length)
    }
    return nil
  }

  private static func percentEncoded(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return bytes.flatMap { byte -> [UInt8] in
      let isUnreserved =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-._~".utf8.contains(byte)
      return isUnreserved ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
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
}
