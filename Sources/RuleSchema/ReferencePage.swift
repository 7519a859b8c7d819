public import RuleSyntax

/// The reference of all keys of the rule language, as Markdown: `docs/rule-reference.md`.
public enum ReferencePage {
  public static func text() -> String {
    introduction + Construct.allCases.map(section).joined(separator: "\n")
  }

  private static let introduction = """
    # Keys of the rule language

    All keys that rule files may hold, out of the declarations that the loader checks them by. Any mapping may also hold
    keys that begin with `x-`, which are left alone. What cells, expressions and durations look like: [decisions](decisions.md),
    [expressions](expressions.md).


    """

  private static func section(_ construct: Construct) -> String {
    var text = "## \(construct.heading)\n\n\(construct.documentation)\n\n"
    text += "| key | value | meaning | example |\n|---|---|---|---|\n"
    for key in construct.keys { text += row(key) }
    if let other = construct.otherKeys { text += "| *any other* | \(valueText(other)) | | |\n" }
    return text
  }

  private static func row(_ key: Construct.Key) -> String {
    let need = key.isRequired ? " (required)" : ""
    let cells = ["`\(key.name)`\(need)", valueText(key.shape), key.documentation, "`\(key.example)`"]
    return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
  }

  /// What may stand there, as a phrase.
  public static func valueText(_ shape: Shape) -> String {
    switch shape {
    case .text(let notation): notation.documentation
    case .name(let kind): "\(article(kind.title)) \(kind.title)"
    case .newName(let kind): "a new \(kind.isID ? "id" : kind.title)"
    case .boolean: "`true` or `false`"
    case .word(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .message: "a text, or `{en: …, zh: …}`"
    case .expression: "a condition in CEL"
    case .cell: "a cell"
    case .condition: "cells by input"
    case .input: "an input"
    case .outputValues: "values by output"
    case .mapping(let construct): "[\(construct.heading)](#\(construct.rawValue))"
    case .named(let kind, let value): "by \(kind.title): \(valueText(value))"
    case .keyed(let notation, let value): "by \(notation.documentation): \(valueText(value))"
    case .list(let item): "list of: \(valueText(item))"
    case .oneOf(let shapes): shapes.map(valueText).joined(separator: "; or ")
    case .missing: "nothing"
    }
  }

  private static func article(_ word: String) -> String {
    "aeiou".contains(word.prefix(1)) ? "an" : "a"
  }
}

extension Construct {
  /// `target-table` as "Target table"; its anchor is the raw value.
  var heading: String {
    let words = rawValue.replacing("-", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
