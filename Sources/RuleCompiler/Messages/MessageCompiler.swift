import Diagnostics
import RuleEvaluator
import RuleSyntax

/// Messages of rules: texts with `{field}` placeholders.
extension RulebookCompiler {
  /// The message with its places resolved.
  ///
  /// - Parameter places: what the message of a notification can say beside the fields; nil for messages of findings.
  mutating func compileMessage(
    _ declaration: MessageDeclaration?, filling places: Set<NoticePlaceholder>? = nil
  ) -> MessageTemplate? {
    guard let declaration else { return nil }
    return MessageTemplate(
      declaration.translations.map { translation in
        (translation.language?.value ?? LocalizedText.unspecified, segments(of: translation.text, places))
      })
  }

  /// `{name}` is the value of that field, `{field}` the label of the field that is missing; `{{` is a brace.
  private mutating func segments(
    of text: Located<String>, _ places: Set<NoticePlaceholder>?
  ) -> [MessageTemplate.Segment] {
    var segments = [MessageTemplate.Segment]()
    var literal = ""
    var rest = Substring(text.value).unicodeScalars
    while let brace = rest.firstIndex(of: "{") {
      literal += String(rest[..<brace])
      rest = rest[brace...].dropFirst()
      if rest.first == "{" {
        literal += "{"
        rest = rest.dropFirst()
        continue
      }
      guard let end = rest.firstIndex(of: "}") else {
        report(.openPlaceholder(text))
        return segments
      }
      if !literal.isEmpty { segments.append(.text(literal)) }
      literal = ""
      if let segment = placeholder(String(rest[..<end]), text, places) { segments.append(segment) }
      rest = rest[end...].dropFirst()
    }
    literal += String(rest)
    if !literal.isEmpty { segments.append(.text(literal)) }
    return segments
  }

  private mutating func placeholder(
    _ name: String, _ text: Located<String>, _ places: Set<NoticePlaceholder>?
  ) -> MessageTemplate.Segment? {
    let place = NoticePlaceholder(rawValue: name)
    if let place, let places, places.contains(place) { return .notice(place) }
    if name == "field", places == nil { return .missingField }
    if let own = scope.field(name) { return .field(slot: own.slot) }
    if place?.needsWindow == true, places != nil {
      report(.placeholderWithoutWindow(name, at: text.place))
      return nil
    }
    let known = places.map { $0.map(\.rawValue).sorted() } ?? ["field"]
    report(.unknownPlaceholder(name, scope.fieldNames + known, at: text.place))
    return nil
  }
}
