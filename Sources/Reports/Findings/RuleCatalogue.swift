import Diagnostics
public import RuleEvaluator
import TicketModel
import WorkingTime

extension Rulebook {
  /// All rules that findings can speak of, as reports list them.
  public func reportedRules(language tag: String) -> [ReportedRule] {
    RuleCatalogue(rulebook: self, tag: tag).rules
  }
}

private struct RuleCatalogue {
  let rulebook: Rulebook
  let tag: String

  var rules: [ReportedRule] {
    fields + tables + windows + requirements + checks + states + reviews + waivers
      + [
        ReportedRule(
          id: "record", section: "records", title: word("A record is a ticket", "每条记录都是工单"),
          severity: .error, place: nil),
        ReportedRule(
          id: "history", section: "records", title: word("The history is in order", "历史记录有序"),
          severity: .error, place: nil),
      ]
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Language(tag: tag) == .chinese ? chinese : english
  }

  private func rule(
    _ id: String, _ section: String, _ title: String, _ place: Place?, _ severity: Severity = .error
  ) -> ReportedRule {
    ReportedRule(id: id, section: section, title: title, severity: severity, place: place)
  }

  private func label(ofSlot slot: Int) -> String {
    let field = rulebook.schema.fields[slot]
    return field.label.text(in: tag) ?? field.name
  }

  private func list(_ slots: [Int]) -> String {
    slots.map { label(ofSlot: $0) }.joined(separator: word(", ", "、"))
  }

  private var fields: [ReportedRule] {
    rulebook.schema.fields.enumerated().map { slot, field in
      rule("fields.\(field.name)", "fields", label(ofSlot: slot), field.place)
    }
  }

  private var tables: [ReportedRule] {
    rulebook.tables.map { rule($0.name, "tables", $0.name, $0.place) }
  }

  private var windows: [ReportedRule] {
    rulebook.windows.map { rule($0.id, "windows", $0.label.text(in: tag) ?? $0.id, $0.place) }
  }

  private var requirements: [ReportedRule] {
    rulebook.requirements.map { requirement in
      rule(
        requirement.id, "required_fields", word("Needs ", "须填写：") + list(requirement.slots),
        requirement.place, requirement.severity)
    }
  }

  private var checks: [ReportedRule] {
    rulebook.checks.map { check in
      let title = check.message.map { text($0) } ?? rulebook.expressions[check.expression].text
      return rule(check.id, "checks", title, check.place, check.severity)
    }
  }

  /// A message with the names of fields where their values will stand.
  private func text(_ message: MessageTemplate) -> String {
    message.segments(in: tag).map { segment in
      switch segment {
      case .text(let text): text
      case .field(let slot): "{\(rulebook.schema.fields[slot].name)}"
      case .missingField: "{field}"
      case .notice: ""
      }
    }.joined()
  }

  private var states: [ReportedRule] {
    guard let workflow = rulebook.workflow,
      case .choice(let domain) = rulebook.schema.fields[workflow.field].type
    else { return [] }
    return zip(domain.choices, workflow.states).map { choice, state in
      let name = choice.label.text(in: tag) ?? choice.key
      return rule("workflow.\(choice.key)", "workflow", word("Entering \(name)", "进入“\(name)”"), state.place)
    }
  }

  /// Reviews of tickets by themselves are among the requirements.
  private var reviews: [ReportedRule] {
    rulebook.reviews.filter { $0.recurrence != nil }.map { review in
      let title = review.message.map { text($0) } ?? word("Needs ", "须填写：") + list(review.required)
      return rule(review.id, "reviews", title, review.place, review.severity)
    }
  }

  private var waivers: [ReportedRule] {
    rulebook.waivers.map { waiver in
      let title = word("Waives \(waiver.rule) until ", "豁免 \(waiver.rule)，截至 ") + waiver.until.text
      return rule(waiver.id, "waivers", title, waiver.place, .warning)
    }
  }
}

extension Rulebook {
  /// All waivers as reports name them.
  public var reportedWaivers: [ReportedWaiver] {
    waivers.map {
      ReportedWaiver(
        id: $0.id, rule: $0.rule, until: $0.until.text, owner: $0.by, reason: $0.reason)
    }
  }
}
