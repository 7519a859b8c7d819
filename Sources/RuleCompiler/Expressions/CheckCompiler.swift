import Diagnostics
import Expressions
import RuleEvaluator
import RuleSyntax
import TicketModel

/// `checks`, and the regular expressions of fields.
extension RulebookCompiler {
  mutating func compileCheck(_ declaration: CheckDeclaration) -> Check? {
    let condition = compileCondition(declaration.condition, of: declaration.id.value)
    let expression = declaration.expression.flatMap { text in
      compileExpression(text, of: declaration.id.value)
    }
    let message = compileMessage(declaration.message)
    guard let condition, let expression else { return nil }
    return Check(
      id: declaration.id.value, place: declaration.place,
      severity: declaration.severity?.value ?? .error, condition: condition, expression: expression,
      message: message)
  }

  /// `matches` of the fields, which are texts.
  mutating func compilePatterns(_ declarations: [FieldDeclaration]) -> [FieldPattern] {
    declarations.compactMap { declaration in
      guard let matches = declaration.matches, let own = scope.field(declaration.name.value) else {
        return nil
      }
      guard case .text = own.field.type else {
        report(.patternOfWrongType(matches, own.field.type))
        return nil
      }
      do throws(RegularExpression.Failure) {
        return FieldPattern(slot: own.slot, expression: try RegularExpression(matches.value))
      } catch {
        report(.badPattern(matches, reason: error.reason))
        return nil
      }
    }
  }
}
