import Diagnostics
import RuleEvaluator
import RuleSyntax

/// Messages of rules: texts with `{field}` placeholders.
extension RulebookCompiler {
  mutating func compileMessage(_ declaration: MessageDeclaration?) -> MessageTemplate? {
    guard let declaration else { return nil }
    return MessageTemplate(
      declaration.translations.map { translation in
        (translation.language?.value ?? LocalizedText.unspecified, segments(of: translation.text))
      })
  }

  /// `{name}` is the value of that field, `{field}` the label of the field that is missing; `{{` is a brace.
  private mutating func segments(of text: Located<String>) -> [MessageTemplate.Segment] {
    var segments = [MessageTemplate.Segment]()
    var literal = ""
    var rest = text.value[...]
    while let character = rest.first {
      rest = rest.dropFirst()
      if character != "{" || rest.first == "{" {
        literal.append(character)
        if character == "{" { rest = rest.dropFirst() }
        continue
      }
      guard let end = rest.firstIndex(of: "}") else {
        report(.openPlaceholder(text))
        break
      }
      if !literal.isEmpty { segments.append(.text(literal)) }
      literal = ""
      if let segment = placeholder(String(rest[..<end]), text) { segments.append(segment) }
      rest = rest[rest.index(after: end)...]
    }
    if !literal.isEmpty { segments.append(.text(literal)) }
    return segments
  }

  private mutating func placeholder(
    _ name: String, _ text: Located<String>
  ) -> MessageTemplate.Segment? {
    if name == "field" { return .missingField }
    if let own = scope.field(name) { return .field(slot: own.slot) }
    report(.unknownPlaceholder(name, scope.fieldNames + ["field"], at: text.place))
    return nil
  }
}
