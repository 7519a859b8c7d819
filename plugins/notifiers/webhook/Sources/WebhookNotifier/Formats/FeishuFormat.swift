#if Curl
  import PluginAPI
  import PluginProtocol

  /// A card for the custom robots of Feishu (飞书) and Lark
  /// (https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot).
  ///
  /// A body has at most 20 KB; a robot posts at most 100 times a minute. The signature (签名校验) stands in the body, and its
  /// key is what others sign: HMAC of nothing under `timestamp + "\n" + secret`.
  struct FeishuFormat: WebhookFormat {
    static let limit = 20_000

    var postsPerMinute: Int? { 100 }
    var takesSecret: Bool { true }

    func body(_ delivery: Delivery, _ seal: Seal) -> [UInt8] {
      NoticeText(delivery, titleLimit: 200).fitting(Self.limit) { text in
        var message = signature(seal)
        message["msg_type"] = .text("interactive")
        message["card"] = Self.card(text, delivery.severity)
        return [UInt8](json: .object(message))
      }
    }

    private func signature(_ seal: Seal) -> [String: JSONValue] {
      guard let secret = seal.secret else { return [:] }
      let timestamp = String(seal.now / 1000)
      let sign = SigningSecret.signature(of: [], key: Array("\(timestamp)\n".utf8) + secret.bytes)
      return ["timestamp": .text(timestamp), "sign": .text(sign)]
    }

    /// Plain text only, in which no one is called by `<at id=all>`.
    private static func card(_ text: NoticeText, _ severity: Delivery.Severity) -> JSONValue {
      var elements = [JSONValue]()
      if !text.body.isEmpty { elements.append(.object(["tag": .text("div"), "text": plain(text.body)])) }
      elements.append(.object(["tag": .text("note"), "elements": .list([plain(text.source)])]))
      return .object([
        "config": .object(["wide_screen_mode": .boolean(true)]),
        "header": .object(["title": plain(text.title), "template": .text(color(severity))]),
        "elements": .list(elements),
      ])
    }

    private static func plain(_ text: String) -> JSONValue {
      .object(["tag": .text("plain_text"), "content": .text(text)])
    }

    private static func color(_ severity: Delivery.Severity) -> String {
      switch severity {
      case .info: "blue"
      case .warning: "orange"
      case .error: "red"
      }
    }

    func read(_ answer: JSONValue?, isSuccess: Bool) throws(PluginError) {
      // Robots of the first version answer with `StatusCode` alone; others have it beside `code`, and it is always 0.
      let code = answer?["code"] == nil ? "StatusCode" : "code"
      let answer = RobotAnswer(answer, code: code, message: "msg", isSuccess: isSuccess)
      try answer.require(in: [
        11232: .limited(60_000), 2200: .busy,
        // One number for a malformed body and, in older places, for "too many request".
        9499: answer.message.contains("too many") ? .limited(10_000) : .refused,
        // Token, robot switched off, signature, network, keyword.
        19001: .notAllowed, 19007: .notAllowed, 19021: .notAllowed, 19022: .notAllowed, 19024: .notAllowed,
      ])
    }
  }
#endif
