extension String {
  /// As it stands in HTML and XML, in elements and in attributes.
  var escapedForHTML: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      case "\n", "\t": result.append(scalar)
      case "\r": result.append(contentsOf: "&#13;".unicodeScalars)
      // Neither XML 1.0 nor HTML has a place for control characters and non-characters.
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// As it stands in Markdown, in cells of tables, too: nothing in it is markup, line breaks are `<br>`.
  var escapedForMarkdown: String {
    var result = ""
    for character in self {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\n", "\r", "\r\n", "\u{2028}", "\u{2029}", "\u{B}", "\u{C}", "\u{85}": result += "<br>"
      case "\t": result += " "
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!", "$": result += "\\\(character)"
      default: result += String(character).withoutControlCharacters
      }
    }
    return result
  }
}
