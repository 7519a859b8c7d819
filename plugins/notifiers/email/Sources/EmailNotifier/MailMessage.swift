#if Curl
  import CurlTransfer
  import PluginAPI

  /// One delivery as a message: headers, then the same content as text and as HTML (RFC 5322; RFC 2046, section 5.1.4).
  struct MailMessage {
    /// Not a character of Base64, which is all that the parts consist of.
    private static let boundary = "=_docket"

    private let headers: [String]
    private let body: MailBody

    /// - Parameter now: milliseconds since 1970-01-01T00:00:00Z.
    init(_ delivery: Delivery, to recipients: [MailAddress], settings: EmailSettings, now: Int64) {
      let domain = settings.sender.domain
      let thread = MessageIdentifier.thread(ticket: delivery.ticket, domain: domain)
      let subject = delivery.ticket.isEmpty ? delivery.title : "[\(delivery.ticket)] \(delivery.title)"
      headers = [
        "Date: \(CalendarTime(milliseconds: now).mailDate)",
        "From: \(HeaderText.encodePhrase(settings.senderName, used: 6))\r\n <\(settings.sender.text)>",
        "To: \(recipients.map(\.text).joined(separator: ",\r\n "))",
        "Subject: \(HeaderText.encode(subject, used: 9))",
        "Message-ID: \(MessageIdentifier.notice(key: delivery.key, domain: domain))",
        "In-Reply-To: \(thread)",
        "References: \(thread)",
        // RFC 3834: nobody's out-of-office reply comes back.
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        "Content-Type: multipart/alternative; boundary=\"\(Self.boundary)\"",
      ]
      body = MailBody(delivery)
    }

    /// The message with CRLF at the end of every line.
    var bytes: [UInt8] {
      var lines = headers
      lines.append("")
      lines += part("text/plain", body.text)
      lines += part("text/html", body.html)
      lines.append("--\(Self.boundary)--")
      return lines.flatMap { Array($0.utf8) + [13, 10] }
    }

    private func part(_ type: String, _ text: String) -> [String] {
      let content = Base64.encode(text.replacing("\n", with: "\r\n").utf8)
      return [
        "--\(Self.boundary)", "Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: base64", "",
      ] + Self.lines(of: content)
    }

    /// RFC 2045, section 6.8: at most 76 characters a line.
    private static func lines(of text: String) -> [String] {
      let text = Array(text.utf8)
      return stride(from: 0, to: text.count, by: 76).map {
        String(decoding: text[$0..<min($0 + 76, text.count)], as: UTF8.self)
      }
    }
  }
#endif
