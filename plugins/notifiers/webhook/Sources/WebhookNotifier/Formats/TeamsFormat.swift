#if Curl
  import PluginAPI
  import PluginProtocol

  /// An adaptive card for the workflow "Post to a channel when a webhook request is received" of Teams
  /// (https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using).
  ///
  /// A message has at most 28 KB as Teams stores it, which is up to a fifth more than what is posted
  /// (https://github.com/MicrosoftDocs/msteams-docs/issues/11274), so posts stop at 21,000 bytes.
  struct TeamsFormat: WebhookFormat {
    static let limit = 21_000

    func body(_ delivery: Delivery, _ seal: Seal) -> [UInt8] {
      NoticeText(delivery, titleLimit: 300).fitting(Self.limit) { text in
        var blocks = [
          Self.block(text.title, ["weight": .text("Bolder"), "color": .text(Self.color(delivery.severity))])
        ]
        if !text.body.isEmpty { blocks.append(Self.block(text.body)) }
        blocks.append(Self.block(text.source, ["isSubtle": .boolean(true), "size": .text("Small")]))
        return [UInt8](json: Self.message(blocks))
      }
    }

    private static func message(_ blocks: [JSONValue]) -> JSONValue {
      let card: JSONValue = .object([
        "$schema": .text("http://adaptivecards.io/schemas/adaptive-card.json"), "type": .text("AdaptiveCard"),
        "version": .text("1.4"), "body": .list(blocks), "msteams": .object(["width": .text("Full")]),
      ])
      let attachment: JSONValue = .object([
        "contentType": .text("application/vnd.microsoft.card.adaptive"), "contentUrl": .null, "content": card,
      ])
      return .object(["type": .text("message"), "attachments": .list([attachment])])
    }

    /// A text block reads Markdown, in which only an empty line ends a line.
    private static func block(_ text: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
      let members: [String: JSONValue] = [
        "type": .text("TextBlock"), "wrap": .boolean(true), "text": .text(text.replacing("\n", with: "\n\n")),
      ]
      return .object(members.merging(more) { $1 })
    }

    private static func color(_ severity: Delivery.Severity) -> String {
      switch severity {
      case .info: "Accent"
      case .warning: "Warning"
      case .error: "Attention"
      }
    }
  }
#endif
