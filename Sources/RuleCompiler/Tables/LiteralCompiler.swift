import Diagnostics
import RuleEvaluator
import RuleSyntax
import TicketModel
import WorkingTime

/// Texts of rule files to values, by the type that is expected at their place.
extension RulebookCompiler {
  /// The value that `literal` means for the type; nil where it was reported.
  mutating func output(_ literal: Located<String>, _ type: FieldType, slot: Int) -> OutputValue? {
    let text = literal.value
    switch type {
    case .text: return .text(text, symbol: slot < 0 ? 0 : symbols.number(of: text, slot: slot))
    case .choice(let domain):
      if let index = domain.index(of: text) { return .choice(index, key: domain.choices[index].key) }
      report(.unknownChoice(literal, domain))
      return nil
    case .boolean:
      if text == "true" || text == "false" { return .boolean(text == "true") }
    case .integer:
      if let value = Int64(text) { return .integer(value) }
    case .number:
      if let value = Double(text), value.isFinite { return .number(value) }
    case .instant:
      if let value = Instant.parse(text, localZone: timeZone) { return .instant(value) }
    case .date:
      if let value = CivilDate.parse(text) { return .date(value) }
    case .duration: return duration(literal).flatMap { elapsed($0, literal) }
    case .list, .object: break
    }
    report(.badLiteral(literal, type: type, hint: nil))
    return nil
  }

  /// A duration of any unit, as targets are written.
  mutating func duration(_ literal: Located<String>) -> TargetDuration? {
    do {
      return try TargetDuration(parsing: literal.value)
    } catch {
      report(.badDuration(literal, error))
      return nil
    }
  }

  private mutating func elapsed(_ duration: TargetDuration, _ literal: Located<String>) -> OutputValue? {
    if case .elapsed = duration { return .duration(duration) }
    report(.workingDurationAsValue(literal))
    return nil
  }
}
