#if Curl
  import CurlTransfer

  /// What people wrote, as a header may hold it: on one line, in ASCII, and folded (RFC 5322, RFC 2047).
  enum HeaderText {
    /// RFC 2047, section 2: a line with an encoded word has at most 76 characters, a word at most 75.
    private static let lineLimit = 76
    private static let wordLimit = 75
    private static let opening = "=?UTF-8?B?"
    private static let closing = "?="

    /// `text` as the body of a header.
    /// - Parameter used: how many characters of the first line stand before it.
    static func encode(_ text: String, used: Int) -> String {
      let text = oneLine(text)
      if isPlain(text), used + text.utf8.count <= lineLimit { return text }
      return encodedWords(text, used: used).joined(separator: "\r\n ")
    }

    /// `name` as the name that stands before an address.
    static func encodePhrase(_ name: String, used: Int) -> String {
      let name = oneLine(name)
      guard isPlain(name), used + name.utf8.count + 2 <= lineLimit else {
        return encodedWords(name, used: used).joined(separator: "\r\n ")
      }
      return "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// Control characters and line ends, which could begin a header of the writer's choice, become spaces.
    static func oneLine(_ text: String) -> String {
      var line = String.UnicodeScalarView()
      for scalar in text.unicodeScalars {
        let isBreak =
          scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
        line.append(isBreak ? " " : scalar)
      }
      return String(line)
    }

    /// Printable ASCII that nobody takes for an encoded word.
    private static func isPlain(_ text: String) -> Bool {
      text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
    }

    /// Each word holds whole characters, since readers decode words one by one.
    private static func encodedWords(_ text: String, used: Int) -> [String] {
      var words = [String]()
      var piece = [UInt8]()
      for unit in units(of: text) {
        // The lines behind the first begin with a space.
        let room = words.isEmpty ? min(wordLimit, lineLimit - used) : wordLimit
        if !piece.isEmpty, piece.count + unit.count > bytes(in: room) {
          words.append(opening + Base64.encode(piece) + closing)
          piece = []
        }
        piece += unit
      }
      words.append(opening + Base64.encode(piece) + closing)
      return words
    }

    /// How many bytes a word of `length` characters holds.
    private static func bytes(in length: Int) -> Int {
      max(0, length - opening.utf8.count - closing.utf8.count) / 4 * 3
    }

    /// What a reader sees as one character stays together where it fits into a word, otherwise each code point.
    private static func units(of text: String) -> [[UInt8]] {
      text.flatMap { character in
        let whole = Array(character.utf8)
        let fits = whole.count <= bytes(in: lineLimit - 20)
        return fits ? [whole] : character.unicodeScalars.map { Array(String($0).utf8) }
      }
    }
  }
#endif
