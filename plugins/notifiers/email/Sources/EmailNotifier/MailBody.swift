#if Curl
  import PluginAPI

  /// A delivery for people, twice: as text, and as HTML for readers that show it.
  struct MailBody {
    let text: String
    let html: String

    init(_ delivery: Delivery) {
      let title = Self.readable(delivery.title)
      let body = Self.readable(delivery.body)
      let source = [delivery.ticket, delivery.rule, delivery.place].filter { !$0.isEmpty }
        .map(Self.readable).joined(separator: " · ")
      text = [title, body, source].filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
      html = """
        <!DOCTYPE html>
        <html>
        <body style="font-family: sans-serif">
        <p style="border-left: 4px solid \(Self.color(delivery.severity)); padding-left: 8px"><strong>\
        \(Self.markup(title))</strong></p>
        \(body.isEmpty ? "" : "<p>\(Self.markup(body))</p>\n")\
        <p style="color: #666">\(Self.markup(source))</p>
        </body>
        </html>

        """
    }

    private static func color(_ severity: Delivery.Severity) -> String {
      switch severity {
      case .info: "#2a6fb0"
      case .warning: "#d98a00"
      case .error: "#c0272d"
      }
    }

    /// Without control characters, which have no place in mail; line ends and tabs stay.
    private static func readable(_ text: String) -> String {
      var readable = String.UnicodeScalarView()
      for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
        let isControl = scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
        readable.append(isControl ? " " : scalar)
      }
      return String(readable)
    }

    private static func markup(_ text: String) -> String {
      var markup = ""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "&": markup += "&amp;"
        case "<": markup += "&lt;"
        case ">": markup += "&gt;"
        case "\"": markup += "&quot;"
        case "\n": markup += "<br>\n"
        default: markup.unicodeScalars.append(scalar)
        }
      }
      return markup
    }
  }
#endif
