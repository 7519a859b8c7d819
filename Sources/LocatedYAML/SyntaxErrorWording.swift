import Diagnostics

// libyaml's words are those of a parser's author; these are for the author of a rule file. The problems of libyaml
// 0.2.5 stand in src/scanner.c and src/parser.c. What cannot occur after `CharacterScan` falls to the last line.

extension Diagnostic {
  static func syntax(_ error: SyntaxError, in lines: LineIndex) -> Diagnostic {
    SyntaxErrorWording(error: error, lines: lines).diagnostic
  }
}

private struct SyntaxErrorWording {
  let error: SyntaxError
  let lines: LineIndex

  var diagnostic: Diagnostic {
    switch error.problem {
    case "could not find expected ':'": missingColon
    case "mapping values are not allowed in this context": unexpectedColon
    case "block sequence entries are not allowed in this context": unexpectedItem
    case "mapping keys are not allowed in this context": unexpectedQuestionMark
    case "found character that cannot start any token": unexpectedCharacter
    case "found unexpected ':'": colonInText
    case "did not find expected key": unexpectedInMapping
    case "did not find expected '-' indicator": unexpectedInList
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'": unclosedBracket
    case "did not find expected node content": missingValue
    default: byContext
    }
  }

  private var byContext: Diagnostic {
    switch error.context {
    case "while scanning a quoted scalar", "while parsing a quoted scalar": inQuotes
    case "while scanning an anchor": .anchor(word(at: error.contextPosition), at: wordPlace)
    case "while scanning an alias": .alias(word(at: error.contextPosition), at: wordPlace)
    case let context where context.hasSuffix("directive"): .directive(at: startOfLine)
    case "while scanning a tag", "while parsing a tag", "while parsing a node":
      .tag(word(at: error.contextPosition), at: wordPlace)
    case "while scanning a block scalar": blockHeader
    default: otherwise
    }
  }

  private var otherwise: Diagnostic {
    if error.problem.hasSuffix("directive") || error.problem.hasSuffix("incompatible YAML document") {
      return .directive(at: place(error.position))
    }
    if error.problem == "did not find expected <document start>" {
      return syntax(
        "text follows the end of the document", at: error.position,
        hint: "line up the keys of one mapping in the same column")
    }
    return syntax(error.problem, at: error.position)
  }

  private var missingColon: Diagnostic {
    let start = error.contextPosition
    let line = lines.text(at: Place(file: path, start: start, end: Position(line: start.line, column: .max)))
    let colon = line.firstIndex(of: ":")
    let hint =
      line.contains(": ")
      ? "a key has at most 1024 characters, on one line"
      : colon == nil ? "write 'key: value'" : "a space must follow the ':'"
    return syntax("this line has no ': ' after its key", at: start, hint: hint)
  }

  private var unexpectedColon: Diagnostic {
    if textBefore(error.position).contains(": ") {
      return syntax(
        "a second ': ' stands on this line", at: error.position,
        hint: "quote the text; if it is an expression, write it under '|-'")
    }
    if let line = lineWithoutSpace {
      return syntax(
        "this key continues the text of line \(line), which has no ': '", at: error.position,
        hint: "a space must follow the ':' on line \(line)")
    }
    return syntax(
      "this key is indented further than the key or the text above it", at: error.position,
      hint: "line up the keys of one mapping in the same column")
  }

  /// The line above, where it is `key:value`, which YAML reads as one text.
  private var lineWithoutSpace: Int? {
    var number = error.position.line - 1
    while number > 0, lines.line(number).allSatisfy({ $0 == " " }) { number -= 1 }
    let line = lines.line(number)
    return line.contains(":") && !line.contains(": ") && line.last != ":" ? number : nil
  }

  /// Inside brackets, `a:,` and `a:]`.
  private var colonInText: Diagnostic {
    syntax(
      "no value follows this ':'", at: error.position,
      hint: "a space must follow the ':' of a key; quote a text that ends with ':'")
  }

  private var unexpectedItem: Diagnostic {
    syntax(
      "a list item cannot start here", at: error.position,
      hint: "put each '- ' on a line of its own, or write the list as [a, b]")
  }

  private var unexpectedQuestionMark: Diagnostic {
    syntax("a text cannot start with '? ' here", at: error.position, hint: "quote the text")
  }

  private var unexpectedCharacter: Diagnostic {
    syntax(
      "a text cannot start with \(quoted(character(at: error.position)))", at: error.position,
      hint: "quote the text; if it is an expression, write it under '|-'")
  }

  private var unexpectedInMapping: Diagnostic {
    if textBefore(error.position).isEmpty {
      return syntax(
        "this line fits no column of the lines above", at: error.position,
        hint: "line up the keys of one mapping in the same column",
        related: [.init("the mapping starts here", at: place(error.contextPosition))])
    }
    return syntax(
      "the value ended before this text", at: error.position,
      hint: "quote the whole value; if it is an expression, write it under '|-'")
  }

  private var unexpectedInList: Diagnostic {
    syntax(
      "the list goes on with something that is no item", at: error.position,
      hint: "start each item with '- ', all in the same column",
      related: [.init("the list starts here", at: place(error.contextPosition))])
  }

  private var unclosedBracket: Diagnostic {
    let opening = character(at: error.contextPosition)
    let closing = opening == "[" ? "]" : "}"
    let isSameLine = error.position.line == error.contextPosition.line
    return syntax(
      "a ',' or the closing '\(closing)' is missing", at: isSameLine ? error.position : error.contextPosition,
      hint: "quote a text that holds brackets, commas or quotes",
      related: isSameLine ? [.init("'\(opening)' opens here", at: place(error.contextPosition))] : [])
  }

  private var missingValue: Diagnostic {
    let found = character(at: error.position)
    return syntax(
      found.isEmpty ? "a value is missing" : "a value is missing before \(quoted(found))", at: error.position,
      hint: found.isEmpty ? nil : "quote a text that starts with \(quoted(found))")
  }

  private var inQuotes: Diagnostic {
    let quote = character(at: error.contextPosition)
    switch error.problem {
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      return syntax(
        "this '\\' starts no escape that YAML knows", at: lastBackslash,
        hint: "write '\\\\' for a backslash, or use single quotes")
    default:
      return syntax(
        "the quote \(quote) is not closed", at: error.contextPosition,
        hint: "end it with \(quote); inside, write \(quote == "'" ? "''" : "\\\"") for \(quote)")
    }
  }

  private var lastBackslash: Position {
    var position = error.position
    while position.column > 1, character(at: position) != "\\" { position.column -= 1 }
    return position
  }

  private var blockHeader: Diagnostic {
    let header = character(at: error.contextPosition)
    if error.problem == "found an indentation indicator equal to 0" {
      return syntax("'\(header)0' indents by nothing", at: error.position, hint: "remove the 0")
    }
    return syntax(
      "text follows '\(header)' on its line", at: error.position,
      hint: "start the text on the next line, indented; or quote it")
  }

  private var path: String { lines.source.path }

  private func syntax(
    _ message: String, at position: Position, hint: String? = nil, related: [Diagnostic.Related] = []
  ) -> Diagnostic {
    Diagnostic("yaml-syntax", .error, message, at: place(position), hint: hint, related: related)
  }

  private func place(_ position: Position) -> Place {
    Place(file: path, line: position.line, column: position.column)
  }

  private var startOfLine: Place { place(Position(line: error.contextPosition.line, column: 1)) }

  private var wordPlace: Place { lines.wordPlace(at: error.contextPosition) }

  private func word(at position: Position) -> String { lines.text(at: lines.wordPlace(at: position)) }

  private func character(at position: Position) -> String { lines.text(at: place(position)) }

  private func textBefore(_ position: Position) -> String {
    let line = Position(line: position.line, column: 1)
    return String(lines.text(at: Place(file: path, start: line, end: position)).drop { $0 == " " })
  }
}
