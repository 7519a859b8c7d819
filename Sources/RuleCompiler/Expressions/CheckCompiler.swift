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
  mutating func compilePatterns(_ declarations: [FieldDeclaration], prefix: String = "") -> [FieldPattern] {
    var patterns = [FieldPattern]()
    for declaration in declarations {
      let name = prefix + declaration.name.value
      if case .object(let members)? = declaration.type?.value {
        patterns += compilePatterns(members, prefix: name + ".")
      } else if let matches = declaration.matches, let pattern = compilePattern(matches, of: name) {
        patterns.append(pattern)
      }
    }
    return patterns
  }

  private mutating func compilePattern(_ matches: Located<String>, of name: String) -> FieldPattern? {
    // The syntax has refused patterns of other types.
    guard let own = scope.field(name), case .text = own.field.type else { return nil }
    do throws(RegularExpression.Failure) {
      return FieldPattern(slot: own.slot, expression: try RegularExpression(matches.value))
    } catch {
      report(.badPattern(matches, reason: error.reason))
      return nil
    }
  }
}
