/// A text as messages quote it: `'text'` on one line, cut after 60 characters.
public func quoted(_ text: String) -> String {
  let isShort = text.utf8.count <= 60 && !text.utf8.contains { $0 < 0x20 }
  if isShort { return "'\(text)'" }
  let characters = text.unicodeScalars.lazy.map { $0 == "\n" || $0 == "\t" ? " " : $0 }
  let shown = String(String.UnicodeScalarView(characters.prefix(60)))
  return text.unicodeScalars.dropFirst(60).isEmpty ? "'\(shown)'" : "'\(shown)…'"
}
