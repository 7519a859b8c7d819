#if Curl
  import CurlTransfer
  import PluginAPI
  import PluginProtocol

  /// The whole delivery as one JSON object, in the words of the plugin protocol, signed as Standard Webhooks says
  /// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
  struct GenericFormat: WebhookFormat {
    var isChat: Bool { false }
    var takesSecret: Bool { true }

    func body(_ delivery: Delivery, _ seal: Seal) -> [UInt8] {
      var body = [UInt8]()
      body.appendDelivery(delivery)
      return body
    }

    func headers(_ delivery: Delivery, _ body: [UInt8], _ seal: Seal) -> [(name: String, value: String)] {
      StandardSignature.headers(delivery, body, seal)
    }
  }

  /// The headers of Standard Webhooks: identifier, time and signature over both and the body.
  enum StandardSignature {
    static func headers(
      _ delivery: Delivery, _ body: [UInt8], _ seal: Seal
    ) -> [(name: String, value: String)] {
      guard let secret = seal.secret else { return [] }
      let identifier = HeaderKey.text(delivery.key)
      let timestamp = String(seal.now / 1000)
      let signature = secret.signature(of: Array("\(identifier).\(timestamp).".utf8) + body)
      return [
        ("webhook-id", identifier), ("webhook-timestamp", timestamp),
        ("webhook-signature", "v1,\(signature)"),
      ]
    }
  }

  /// A delivery's key as a header can hold it.
  enum HeaderKey {
    /// Visible ASCII stays; spaces, `%` and all other bytes are percent-encoded, so that different keys stay different.
    static func text(_ key: String) -> String {
      PercentEncoding.encode(key) { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "%") }
    }
  }
#endif
