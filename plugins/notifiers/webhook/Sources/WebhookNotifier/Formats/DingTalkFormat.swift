#if Curl
  import CurlTransfer
  import PluginAPI
  import PluginProtocol

  /// A Markdown message for the custom robots of DingTalk (钉钉)
  /// (https://open.dingtalk.com/document/robots/custom-robot-access).
  ///
  /// A body has at most 20,000 bytes. A robot that posts more than 20 times a minute is silent for ten minutes. The signature
  /// (加签) stands in the address (https://open.dingtalk.com/document/robots/customize-robot-security-settings).
  struct DingTalkFormat: WebhookFormat {
    static let limit = 20_000

    var postsPerMinute: Int? { 20 }
    var takesSecret: Bool { true }

    func body(_ delivery: Delivery, _ seal: Seal) -> [UInt8] {
      NoticeText(delivery, titleLimit: 200).fitting(Self.limit) { text in
        let title = "\(NoticeText.circle(delivery.severity)) \(text.title)"
        // Two spaces keep a line end that Markdown would take for a space.
        let body = text.body.isEmpty ? "" : text.body.replacing("\n", with: "  \n") + "\n\n"
        let markdown: JSONValue = .object([
          "title": .text(title), "text": .text("#### \(title)\n\n\(body)> \(text.source)"),
        ])
        return [UInt8](json: .object(["msgtype": .text("markdown"), "markdown": markdown]))
      }
    }

    func address(_ base: WebAddress, _ seal: Seal) -> WebAddress {
      guard let secret = seal.secret else { return base }
      let message = Array("\(seal.now)\n".utf8) + secret.bytes
      return base.appending(query: [
        ("timestamp", String(seal.now)), ("sign", secret.signature(of: message)),
      ])
    }

    func read(_ answer: JSONValue?, isSuccess: Bool) throws(PluginError) {
      try RobotAnswer(answer, code: "errcode", message: "errmsg", isSuccess: isSuccess).require(in: [
        -1: .busy, 130101: .limited(600_000), 410100: .limited(600_000),
        // Signature, keyword or network are not those of the robot's security settings.
        310000: .notAllowed, 300001: .notAllowed, 300005: .notAllowed, 400013: .notAllowed,
        400101: .notAllowed,
        400102: .notAllowed, 400106: .notAllowed,
      ])
    }
  }
#endif
