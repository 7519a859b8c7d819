#if Curl
  import PluginAPI
  import PluginProtocol

  /// A Markdown message for the group robots of WeCom (企业微信) (https://developer.work.weixin.qq.com/document/path/91770).
  ///
  /// The content has at most 4,096 bytes; a robot posts at most 20 times a minute.
  struct WeComFormat: WebhookFormat {
    static let limit = 4_096

    var postsPerMinute: Int? { 20 }

    func body(_ delivery: Delivery, _ seal: Seal) -> [UInt8] {
      let content = NoticeText(delivery, titleLimit: 200).fitting(Self.limit) { text in
        let color = delivery.severity == .info ? "info" : "warning"
        let title = "**<font color=\"\(color)\">\(Self.uncalling(text.title))</font>**"
        let body = text.body.isEmpty ? "" : Self.uncalling(text.body) + "\n"
        return Array("\(title)\n\(body)> <font color=\"comment\">\(Self.uncalling(text.source))</font>".utf8)
      }
      let markdown: JSONValue = .object(["content": .text(String(decoding: content, as: UTF8.self))])
      return [UInt8](json: .object(["msgtype": .text("markdown"), "markdown": markdown]))
    }

    /// `<@userid>` would call somebody.
    private static func uncalling(_ text: String) -> String { text.replacing("<@", with: "< @") }

    func read(_ answer: JSONValue?, isSuccess: Bool) throws(PluginError) {
      // https://developer.work.weixin.qq.com/document/path/90313
      try RobotAnswer(answer, code: "errcode", message: "errmsg", isSuccess: isSuccess).require(in: [
        -1: .busy, 45009: .limited(60_000), 45033: .limited(1_000), 93000: .notAllowed,
      ])
    }
  }
#endif
