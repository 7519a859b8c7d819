import Diagnostics

// Every message of this module, apart from the syntax errors in `SyntaxErrorWording.swift`.

extension Diagnostic {
  static func tooLarge(_ size: Int, at place: Place) -> Diagnostic {
    Diagnostic(
      "file-too-large", .error, "the file has \(size) bytes; at most \(YAMLDocument.sizeLimit) are read",
      at: place,
      hint: "split it into several files")
  }

  static func invalidUTF8(_ byte: UInt8, at place: Place) -> Diagnostic {
    Diagnostic(
      "invalid-utf8", .error, "the byte 0x\(hexadecimal(UInt32(byte), digits: 2)) is not valid UTF-8",
      at: place,
      hint: "save the file as UTF-8; it may be in another encoding, such as GBK or UTF-16")
  }

  static func refusedCharacter(_ character: Unicode.Scalar, at place: Place) -> Diagnostic {
    Diagnostic(
      "refused-character", .error,
      "the invisible character U+\(hexadecimal(character.value, digits: 4)) is not allowed", at: place,
      hint: "delete it")
  }

  static func loneCarriageReturn(at place: Place) -> Diagnostic {
    Diagnostic(
      "refused-character", .error, "a carriage return stands alone", at: place,
      hint: "save the file with line ends LF or CR LF")
  }

  static func tabInIndentation(at place: Place) -> Diagnostic {
    Diagnostic("tab-in-indentation", .error, "a tab indents this line", at: place, hint: "indent with spaces")
  }

  static func emptyFile(at place: Place) -> Diagnostic {
    Diagnostic("empty-file", .error, "the file holds no document", at: place)
  }

  static func directive(at place: Place) -> Diagnostic {
    Diagnostic("yaml-directive", .error, "a '%' directive is not allowed", at: place, hint: "remove the line")
  }

  static func severalDocuments(at place: Place) -> Diagnostic {
    Diagnostic(
      "several-documents", .error, "a second document starts here; a file holds one", at: place,
      hint: "move it to a file of its own, or remove '---'")
  }

  static func tooDeep(at place: Place) -> Diagnostic {
    Diagnostic(
      "too-deep", .error, "lists and mappings stand more than \(YAMLDocument.depthLimit) deep in one another",
      at: place)
  }

  static func tooManyProblems(_ count: Int, at place: Place) -> Diagnostic {
    Diagnostic(
      "too-many-problems", .error, "\(count) problems so far; the rest of the file was not read", at: place)
  }

  static func tag(_ text: String, at place: Place) -> Diagnostic {
    Diagnostic(
      "yaml-tag", .error, "\(quoted(text)) is a YAML tag, which is not allowed", at: place,
      hint: "remove the tag, or quote the text; if it is an expression, write it under '|-'")
  }

  static func anchor(_ text: String, at place: Place) -> Diagnostic {
    Diagnostic(
      "yaml-anchor", .error, "\(quoted(text)) is a YAML anchor, which is not allowed", at: place,
      hint: "write the value out where it is needed; quote a text that starts with '&'")
  }

  static func alias(_ text: String, at place: Place) -> Diagnostic {
    Diagnostic(
      "yaml-alias", .error, "\(quoted(text)) is a YAML alias, which is not allowed", at: place,
      hint: "write the value out; quote a text that starts with '*'")
  }

  static func mergeKey(at place: Place) -> Diagnostic {
    Diagnostic(
      "merge-key", .error, "'<<' merges mappings, which is not allowed", at: place, hint: "write the keys out"
    )
  }

  static func complexKey(at place: Place) -> Diagnostic {
    Diagnostic(
      "complex-key", .error, "a list or mapping cannot be a key", at: place,
      hint: "quote the key if it is a text with brackets")
  }

  static func missingKey(at place: Place) -> Diagnostic {
    Diagnostic("empty-key", .error, "there is no key before the ':'", at: place)
  }

  static func duplicateKey(_ key: Located<String>, first: Place) -> Diagnostic {
    Diagnostic(
      "duplicate-key", .error, "the key \(quoted(key.value)) stands twice in this mapping", at: key.place,
      hint: "remove one of them", related: [.init("the first one", at: first)])
  }
}

private func hexadecimal(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
