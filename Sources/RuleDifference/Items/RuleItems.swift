import Diagnostics
import Expressions
import RuleEvaluator
import TicketModel
import WorkingTime

/// The sections of a rulebook as items.
struct RuleItems {
  let rulebook: Rulebook
  let words: RuleWords
  let now: Instant

  init(_ rulebook: Rulebook, now: Instant) {
    self.rulebook = rulebook
    self.now = now
    words = RuleWords(rulebook)
  }

  static func changes(_ old: Rulebook, _ new: Rulebook, now: Instant) -> [ItemChange] {
    let (before, after) = (RuleItems(old, now: now), RuleItems(new, now: now))
    return zip(before.sections, after.sections).flatMap { left, right in
      RuleItem.changes(left.name, left.items, right.items)
    }
  }

  /// Always the same sections in the same order.
  private var sections: [(name: String, items: [RuleItem])] {
    [
      ("rulebook", whole), ("fields", fields), ("calendars", calendars), ("tables", tables), ("teams", teams),
      ("windows", windows), ("escalate", escalations), ("required_fields", requirements),
      ("checks", checks), ("workflow", workflow), ("reviews", reviews), ("notifications", notifications),
      ("waivers", waivers),
    ]
  }

  private var whole: [RuleItem] {
    [
      RuleItem(
        id: "rulebook", place: nil,
        keys: [
          ("name", rulebook.name), ("title", words.text(rulebook.title)), ("language", rulebook.language),
          ("time_zone", rulebook.timeZone.identifier),
        ])
    ]
  }

  private var fields: [RuleItem] {
    rulebook.schema.fields.enumerated().map { slot, field in
      RuleItem(
        id: field.name, place: field.place,
        keys: [
          ("type", field.type.name), ("values", words.values(of: field.type)),
          ("labels of values", words.labels(of: field.type)),
          ("aliases of values", words.aliases(of: field.type)),
          ("matches", rulebook.patterns.first { $0.slot == slot }?.expression.pattern),
          ("label", words.text(field.label)),
          ("required", words.flag(field.isRequired)), ("unique", words.flag(field.isUnique)),
          ("masked", words.flag(field.isMasked)), ("min", field.minimum.map { "\($0)" }),
          ("max", field.maximum.map { "\($0)" }), ("max size", field.size.maximum.map { "\($0)" }),
        ])
    }
  }

  /// Hours as they are in the years around now: holidays and make-up days included.
  private var calendars: [RuleItem] {
    let year: Int64 = 365 * 86_400_000
    let (from, until) = (
      Instant(milliseconds: now.milliseconds - year), Instant(milliseconds: now.milliseconds + 2 * year)
    )
    return rulebook.calendars.map { calendar in
      RuleItem(
        id: calendar.name, place: nil,
        keys: [("time_zone", calendar.zone.identifier)]
          + words.hours(calendar.spans(from: from, to: until), calendar.zone))
    }
  }

  private var tables: [RuleItem] {
    rulebook.allTables.map { table in
      var keys: [(name: String, text: String?)] = [
        ("hit", words.text(table.hit)), ("inputs", table.inputs.map(\.name).joined(separator: ", ")),
        ("outputs", table.outputs.map(\.name).joined(separator: ", ")),
      ]
      if let priority = rulebook.priority, rulebook.tables[priority.table] === table {
        keys.append(("levels", priority.levels.joined(separator: ", ")))
      }
      return RuleItem(id: table.name, place: table.place, keys: keys)
    }
  }

  private var teams: [RuleItem] {
    (rulebook.routing?.teams ?? []).map { team in
      RuleItem(
        id: team.name, place: team.place,
        keys: [
          ("label", words.text(team.label)), ("lead", team.lead),
          ("members", words.list(team.members)), ("assignment", team.assignment.rawValue),
          ("absences", words.list(team.absences.map(words.text))),
        ])
    }
  }

  private var windows: [RuleItem] {
    rulebook.windows.map { window in
      RuleItem(
        id: window.id, place: window.place,
        keys: [
          ("label", words.text(window.label)), ("when", words.text(window.condition)),
          ("start", words.text(window.start)), ("stop", words.text(window.stop)),
          ("pause", words.text(window.pause)), ("cancel", words.text(window.cancel)),
          ("target", words.text(window.target)),
          ("calendar", window.calendar.map { rulebook.calendars[$0].name }),
          ("on_reopen", window.reopening.rawValue), ("on_target_change", "\(window.targetChange)"),
          ("warn", words.list(window.warnings.map(\.text))),
        ])
    }
  }

  private var escalations: [RuleItem] {
    rulebook.windows.flatMap { window in
      window.escalations.map { escalation in
        RuleItem(
          id: escalation.id, place: escalation.place,
          keys: [
            ("window", window.id), ("at", escalation.level.text), ("when", words.text(escalation.condition)),
            ("to", words.list(escalation.recipients.map(words.text))),
            ("via", escalation.via.flatMap(words.list)),
            ("message", words.text(escalation.message)),
          ])
      }
    }
  }

  private var requirements: [RuleItem] {
    rulebook.requirements.map { rule in
      RuleItem(
        id: rule.id, place: rule.place,
        keys: [
          ("severity", rule.severity.rawValue), ("when", words.text(rule.condition)),
          ("fields", words.fields(rule.slots)), ("message", words.text(rule.message)),
        ])
    }
  }

  private var checks: [RuleItem] {
    rulebook.checks.map { check in
      RuleItem(
        id: check.id, place: check.place,
        keys: [
          ("severity", check.severity.rawValue), ("when", words.text(check.condition)),
          ("expr", rulebook.expressions[check.expression].text), ("message", words.text(check.message)),
        ])
    }
  }

  private var workflow: [RuleItem] {
    guard let workflow = rulebook.workflow,
      case .choice(let domain) = rulebook.schema.fields[workflow.field].type
    else { return [] }
    let states = zip(domain.keys, workflow.states).map { key, state in
      RuleItem(
        id: key, place: state.place,
        keys: [
          ("category", state.category.rawValue), ("next", words.list(state.next.map { domain.keys[$0] })),
          ("required", words.fields(state.required)),
          ("guards", words.list(state.guards.map { rulebook.checks[workflow.guards[$0].check].id })),
        ])
    }
    let whole = RuleItem(
      id: "workflow", place: workflow.place,
      keys: [
        ("field", rulebook.schema.fields[workflow.field].name), ("initial", domain.keys[workflow.initial]),
      ])
    return [whole] + states
  }

  private var reviews: [RuleItem] {
    rulebook.reviews.map { review in
      let recurrence = review.recurrence
      return RuleItem(
        id: review.id, place: review.place,
        keys: [
          ("severity", review.severity.rawValue), ("when", words.text(review.condition)),
          ("required", words.fields(review.required)), ("message", words.text(review.message)),
          ("by", recurrence.flatMap { words.fields($0.fields) }),
          ("count", recurrence.map { String($0.count) }),
          ("within", recurrence.map { TargetDuration.elapsed(milliseconds: $0.milliseconds).text }),
        ])
    }
  }

  private var notifications: [RuleItem] {
    rulebook.notifications.map { rule in
      RuleItem(
        id: rule.id, place: rule.place,
        keys: [
          ("on", words.list(rule.events.map(\.rawValue).sorted())), ("when", words.text(rule.condition)),
          ("to", words.list(rule.recipients.map(words.text))), ("via", rule.via.flatMap(words.list)),
          ("timing", words.text(rule.timing)), ("group", words.text(rule.grouping)),
          ("repeat", rule.repeatEvery.map { TargetDuration.elapsed(milliseconds: $0).text }),
          ("message", words.text(rule.message)),
        ])
    }
  }

  private var waivers: [RuleItem] {
    rulebook.waivers.map { waiver in
      RuleItem(
        id: waiver.id, place: waiver.place,
        keys: [
          ("rule", waiver.rule), ("when", words.text(waiver.condition)), ("until", waiver.until.text),
          ("by", waiver.by), ("reason", waiver.reason),
        ])
    }
  }
}
