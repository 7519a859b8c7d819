import Diagnostics
import RuleEvaluator
import RuleSyntax

/// `waivers`: rules that some tickets need not keep until a day.
extension RulebookCompiler {
  mutating func compileWaiver(_ declaration: WaiverDeclaration, _ rules: WaivableRules) -> Waiver? {
    let condition = compileCondition(declaration.condition, of: declaration.id.value)
    guard let rule = declaration.rule, let subject = subject(rule, rules), let condition,
      let until = declaration.until?.value.compiled, let by = declaration.by,
      let reason = declaration.reason
    else { return nil }
    return Waiver(
      id: declaration.id.value, place: declaration.place, rule: rule.value, subject: subject,
      condition: condition, until: until, in: timeZone, by: by.value, reason: reason.value)
  }

  /// What findings call by that name; nil after a message, or where the rule itself has an error.
  private mutating func subject(_ rule: Located<String>, _ rules: WaivableRules) -> Waiver.Subject? {
    if let subject = rules.subjects[rule.value] { return subject }
    if rules.isDeclared(rule.value) { return nil }
    if let kind = rules.kindWithoutFindings(of: rule.value) {
      report(.notWaivable(rule, kind))
    } else {
      report(.unknownRule(rule, rules.names))
    }
    return nil
  }
}
