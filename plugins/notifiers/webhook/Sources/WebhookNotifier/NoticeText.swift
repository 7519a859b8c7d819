#if Curl
  import PluginAPI
  import PluginProtocol

  /// A delivery as a chat shows it: a heading, the text, and a line about where it comes from.
  struct NoticeText: Sendable {
    /// What shows that something was left out.
    static let mark = "…"

    var title: String
    var body: String
    var source: String

    /// - Parameter titleLimit: how many UTF-16 units the heading may have, at least one.
    init(_ delivery: Delivery, titleLimit: Int) {
      let title = delivery.ticket.isEmpty ? delivery.title : "[\(delivery.ticket)] \(delivery.title)"
      self.title = Self.prefix(of: Self.oneLine(title), units: titleLimit)
      body = delivery.body.replacing("\r\n", with: "\n")
      let origin = [delivery.ticket, delivery.rule, delivery.place].filter { !$0.isEmpty }
        .joined(separator: " · ")
      let recipients = delivery.to.isEmpty ? "" : " → " + delivery.to.joined(separator: ", ")
      source = Self.prefix(of: Self.oneLine(origin + recipients), units: 300)
    }

    /// A circle in the colour of the severity.
    static func circle(_ severity: Delivery.Severity) -> String {
      switch severity {
      case .info: "🔵"
      case .warning: "🟠"
      case .error: "🔴"
      }
    }

    /// At most `count` UTF-16 units of `text`, by which services count characters.
    static func prefix(of text: String, units count: Int) -> String {
      prefix(of: text, limit: count) { $0.utf16.count }
    }

    /// At most `count` bytes of `text`.
    static func prefix(of text: String, bytes count: Int) -> String {
      prefix(of: text, limit: count) { $0.utf8.count }
    }

    /// As many whole characters of `text` as fit into `limit` by `size`; where some are left out, the last one says so.
    static func prefix(of text: String, limit: Int, size: (String) -> Int) -> String {
      let room = limit - size(mark)
      var (used, end) = (0, text.startIndex)
      for index in text.indices {
        used += size(String(text[index]))
        if used <= room { end = text.index(after: index) }
        if used > limit { return room < 0 ? "" : text[..<end] + mark }
      }
      return text
    }

    /// What `make` makes of the text, with as much of the body as fits into `limit` bytes. What is not the body must leave
    /// room for it.
    func fitting(_ limit: Int, _ make: (NoticeText) -> [UInt8]) -> [UInt8] {
      let whole = make(self)
      if whole.count <= limit { return whole }
      // Escapes make what is made longer than the body, by how much depends on where the body is cut.
      var (low, high) = (0, min(limit, body.utf8.count))
      while low < high {
        let middle = (low + high + 1) / 2
        if make(cut(middle)).count <= limit { low = middle } else { high = middle - 1 }
      }
      return make(cut(low))
    }

    private func cut(_ count: Int) -> NoticeText {
      var text = self
      text.body = Self.prefix(of: body, bytes: count)
      return text
    }

    private static func oneLine(_ text: String) -> String {
      String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }
  }

  extension [UInt8] {
    init(json: JSONValue) {
      self = []
      appendJSON(json)
    }
  }
#endif
