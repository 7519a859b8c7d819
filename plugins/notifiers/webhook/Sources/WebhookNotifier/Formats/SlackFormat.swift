#if Curl
  import PluginAPI
  import PluginProtocol

  /// A message for Slack's incoming webhooks (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks).
  ///
  /// A header block has at most 150 characters, a section 3,000 (https://docs.slack.dev/reference/block-kit/blocks). Refusals
  /// come as statuses with a word in the body, and 429 with `Retry-After` for more than about one post a second.
  struct SlackFormat: WebhookFormat {
    func body(_ delivery: Delivery, _ seal: Seal) -> [UInt8] {
      let text = NoticeText(delivery, titleLimit: 140)
      let title = "\(NoticeText.circle(delivery.severity)) \(text.title)"
      var blocks: [JSONValue] = [
        .object(["type": .text("header"), "text": Self.plain(title)])
      ]
      if !text.body.isEmpty {
        blocks.append(.object(["type": .text("section"), "text": Self.formatted(text.body)]))
      }
      blocks.append(.object(["type": .text("context"), "elements": .list([Self.plain(text.source)])]))
      // The text stands for the blocks in notifications.
      return [UInt8](json: .object(["text": .text(Self.escape(title)), "blocks": .list(blocks)]))
    }

    private static func plain(_ text: String) -> JSONValue {
      .object(["type": .text("plain_text"), "text": .text(text), "emoji": .boolean(false)])
    }

    private static func formatted(_ text: String) -> JSONValue {
      let text = NoticeText.prefix(of: text, limit: 3000) { escape($0).utf16.count }
      return .object(["type": .text("mrkdwn"), "text": .text(escape(text)), "verbatim": .boolean(true)])
    }

    /// `<!channel>` would call everybody (https://docs.slack.dev/messaging/formatting-message-text).
    private static func escape(_ text: String) -> String {
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
  }
#endif
