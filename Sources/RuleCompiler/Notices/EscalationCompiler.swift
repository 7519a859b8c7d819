import Diagnostics
import RuleEvaluator
import RuleSyntax
import TicketModel

/// `warn` and `escalate` of windows.
extension RulebookCompiler {
  mutating func compileLevel(
    _ level: Located<LevelDeclaration>, of window: WindowDeclaration
  ) -> NoticeLevel? {
    switch level.value {
    case .percentage(let percent): .percentage(percent)
    case .due: .due
    case .beforeDue(let text): duration(text, of: window).map { .before($0) }
    case .afterDue(let text): duration(text, of: window).map { .after($0) }
    }
  }

  mutating func compileEscalation(
    _ declaration: EscalationDeclaration, of window: WindowDeclaration
  ) -> Escalation? {
    let level = declaration.level.map { compileLevel($0, of: window) } ?? nil
    let condition = declaration.condition.map { compileCondition($0, of: declaration.id.value) }
    let recipients = declaration.recipients.compactMap { compileRecipient($0) }
    let message = compileMessage(declaration.message, filling: Set(NoticePlaceholder.allCases))
    guard let level else { return nil }
    return Escalation(
      id: declaration.id.value, place: declaration.place, level: level, condition: condition ?? nil,
      recipients: recipients, via: declaration.via.isEmpty ? nil : declaration.via.map(\.value),
      message: message)
  }

  /// A word of the language, a field that names somebody, else a name as it stands.
  mutating func compileRecipient(_ name: Located<String>) -> Recipient? {
    if let recipient = Recipient(word: name.value) { return recipient }
    if let own = scope.field(name.value) {
      if own.field.isMasked {
        report(.maskedRecipient(name))
        return nil
      }
      return .field(slot: own.slot)
    }
    if name.value.hasPrefix("team.") {
      report(.unknownRecipient(name, Recipient.words))
      return nil
    }
    if let hint = suggestion(for: name.value, among: Recipient.words + scope.fieldNames) {
      report(.recipientTakenAsName(name, hint: hint))
    }
    return .name(name.value)
  }
}
