#if Curl
  import Crypto
  import CurlTransfer

  /// A key for signatures (HMAC with SHA-256, RFC 2104), which never shows itself.
  struct SigningSecret: Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    var description: String { "[secret]" }

    /// The bytes of `text`; behind `whsec_` they are in Base64, as Standard Webhooks writes keys. Nil where they are not.
    init?(_ text: String) {
      guard text.hasPrefix("whsec_") else {
        bytes = Array(text.utf8)
        return
      }
      guard let bytes = Base64.decode(String(text.dropFirst(6))), !bytes.isEmpty else { return nil }
      self.bytes = bytes
    }

    /// The signature of `message` in Base64.
    func signature(of message: some Sequence<UInt8>) -> String { Self.signature(of: message, key: bytes) }

    /// The signature of `message` under another key, in Base64.
    static func signature(of message: some Sequence<UInt8>, key: [UInt8]) -> String {
      let code = HMAC<SHA256>.authenticationCode(for: Array(message), using: SymmetricKey(data: key))
      return Base64.encode(code)
    }
  }
#endif
