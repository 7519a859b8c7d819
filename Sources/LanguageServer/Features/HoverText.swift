import Diagnostics
import LocatedYAML
import RuleSchema
import RuleSyntax

/// What is known of a stretch of a rule file, as Markdown: all wording of hovers.
struct HoverText {
  /// How many places are listed before the rest is counted.
  private static let placeLimit = 8

  let rulebook: RuleWorkspace.Rulebook

  /// Nil where there is nothing to say.
  func text(of occurrence: Occurrence) -> String? {
    switch occurrence.content {
    case .key(let construct, let key?, _): return Self.text(of: key, in: construct)
    case .text(let notation) where notation != .text: return notation.documentation
    case .word(let words): return "One of \(words.map { "`\($0)`" }.joined(separator: ", "))."
    case .column where occurrence.text == "expr": return "A condition in CEL, beside the cells."
    default: return nameText(occurrence)
    }
  }

  static func text(of key: Construct.Key, in construct: Construct) -> String {
    let need = key.isRequired ? ", required" : ""
    return """
      **\(key.name)** (\(construct.rawValue.replacing("-", with: " "))\(need))

      \(key.documentation)

      Value: \(ReferencePage.valueText(key.shape))

      Example: `\(key.example)`
      """
  }

  private func nameText(_ occurrence: Occurrence) -> String? {
    let definitions = rulebook.index.definitions(of: occurrence)
    let uses = rulebook.index.uses(of: occurrence)
    if definitions.isEmpty, uses.isEmpty { return nil }
    var paragraphs = definitions.map { definitionText($0) }
    if definitions.isEmpty { paragraphs.append("**\(occurrence.text)**, which no rule file declares") }
    let tests = uses.filter(\.isMention)
    paragraphs.append(list(uses.filter { !$0.isMention }, "Used by", none: "Used by nothing"))
    if !tests.isEmpty { paragraphs.append(list(tests, "Tested in", none: "")) }
    return paragraphs.joined(separator: "\n\n")
  }

  private func definitionText(_ definition: Occurrence) -> String {
    var lines = ["**\(definition.text)** (\(Self.kind(definition)))"]
    if let label = Self.label(definition) { lines[0] += ": \(label)" }
    if let type = Self.typeText(definition) { lines.append("Type: \(type)") }
    if let comment = comment(above: definition.place) { lines.append(comment) }
    lines.append("Declared at \(definition.place.lineReference)")
    return lines.joined(separator: "\n\n")
  }

  private func list(_ occurrences: [Occurrence], _ title: String, none: String) -> String {
    if occurrences.isEmpty { return none }
    let shown = occurrences.sorted { $0.place < $1.place }.prefix(Self.placeLimit)
    var lines = shown.map { use in
      use.item.isEmpty || use.isMention
        ? "- \(use.place.lineReference)" : "- \(use.item) (\(use.place.lineReference))"
    }
    if occurrences.count > shown.count { lines.append("- and \(occurrences.count - shown.count) more") }
    return "\(title):\n" + lines.joined(separator: "\n")
  }

  /// The comment lines right above a place, without their marks.
  private func comment(above place: Place) -> String? {
    guard let source = rulebook.sources.first(where: { $0.path == place.file }) else { return nil }
    var lines: [Substring] = []
    var number = place.start.line - 1
    let index = LineIndex(source)
    while number > 0, lines.count < 6 {
      let line = index.line(number).drop { $0 == " " }
      guard line.first == "#" else { break }
      lines.insert(line.drop { $0 == "#" || $0 == " " }, at: 0)
      number -= 1
    }
    return lines.isEmpty ? nil : lines.joined(separator: " ")
  }
}

// MARK: Parts

extension HoverText {
  static func kind(_ definition: Occurrence) -> String {
    guard case .definition(let kind, let owner, _) = definition.content else { return "" }
    switch kind {
    case .choice: return "value of \(owner)"
    case .output where !owner.isEmpty: return "decision of \(owner)"
    default: return kind.title
    }
  }

  /// All translations of the label.
  static func label(_ definition: Occurrence) -> String? {
    guard case .definition(_, _, let value?) = definition.content,
      let label = value["label"] ?? value["message"]
    else { return nil }
    let texts = label.text.map { [$0] } ?? label.entries.compactMap(\.value.text)
    return texts.isEmpty ? nil : texts.joined(separator: " / ")
  }

  static func type(_ definition: Occurrence) -> String? {
    guard case .definition(_, _, let value?) = definition.content else { return nil }
    return value["type"]?.text ?? value.text
  }

  private static func typeText(_ definition: Occurrence) -> String? {
    guard case .definition(.field, _, let value?) = definition.content, let type = value["type"]?.text else {
      return nil
    }
    let values = value["values"].map { $0.items?.compactMap(\.text) ?? $0.entries.map(\.key.value) } ?? []
    let marks = ["required", "unique", "masked"].filter { value[$0]?.text == "true" }
    let text = ([type] + marks).joined(separator: ", ")
    return values.isEmpty ? text : "\(text): \(values.joined(separator: ", "))"
  }

  /// On one line: what it is, its type or label.
  static func summary(_ definition: Occurrence) -> String {
    let parts = [kind(definition), type(definition), label(definition)].compactMap(\.self)
    return parts.joined(separator: ", ")
  }
}

extension Occurrence {
  var isMention: Bool { if case .mention = content { true } else { false } }
}
