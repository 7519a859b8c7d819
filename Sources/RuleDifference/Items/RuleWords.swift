import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

/// Parts of rules as rules write them, by names.
struct RuleWords {
  let rulebook: Rulebook

  init(_ rulebook: Rulebook) { self.rulebook = rulebook }

  /// Nil for an empty list.
  func list(_ words: [String]) -> String? { words.isEmpty ? nil : words.joined(separator: ", ") }

  func flag(_ isSet: Bool) -> String? { isSet ? "true" : nil }

  func text(_ text: LocalizedText) -> String? {
    list(text.translations.map { $0.language.isEmpty ? $0.text : "\($0.language): \($0.text)" })
  }

  func fields(_ slots: [Int]) -> String? { list(slots.map(name)) }

  private func name(_ slot: Int) -> String {
    rulebook.schema.fields.indices.contains(slot) ? rulebook.schema.fields[slot].name : "?"
  }

  func values(of type: FieldType) -> String? {
    switch type {
    case .choice(let domain): list(domain.keys)
    case .list(let element): element.name
    default: nil
    }
  }

  /// How tickets may spell choices beside their keys.
  func aliases(of type: FieldType) -> String? {
    guard case .choice(let domain) = type else { return nil }
    return list(
      domain.choices.filter { !$0.aliases.isEmpty }.map {
        "\($0.key): \($0.aliases.joined(separator: " | "))"
      })
  }

  func labels(of type: FieldType) -> String? {
    guard case .choice(let domain) = type else { return nil }
    return list(domain.choices.compactMap { choice in text(choice.label).map { "\(choice.key): \($0)" } })
  }

  func text(_ condition: Condition?) -> String? {
    guard let condition else { return nil }
    let expression = condition.expression.map { "expr: \(rulebook.expressions[$0].text)" }
    return list(condition.terms.map { "\($0.name): \($0.text)" } + [expression].compactMap(\.self))
  }

  func text(_ boundary: ResponseWindow.Boundary) -> String? {
    switch boundary {
    case .instant(let slot): name(slot)
    case .reached(let condition): text(condition)
    }
  }

  func text(_ target: ResponseWindow.Target) -> String {
    switch target {
    case .fixed(let duration): duration.text
    case .decided: "a table"
    }
  }

  func text(_ hit: HitPolicy) -> String {
    switch hit {
    case .collect(let aggregator?): "collect \(aggregator.rawValue)"
    case .collect(nil): "collect"
    case .ruleOrder: "rule-order"
    case .outputOrder: "output-order"
    case .unique, .any, .first, .priority: "\(hit)"
    }
  }

  func text(_ recipient: Recipient) -> String {
    switch recipient {
    case .assignee: "assignee"
    case .team: "team"
    case .teamLead: "team.lead"
    case .teamMembers: "team.members"
    case .field(let slot): "{\(name(slot))}"
    case .name(let name): name
    }
  }

  func text(_ absence: RoutingDecision.Team.Absence) -> String {
    let zone = rulebook.timeZone
    return "\(absence.member) \(absence.from.text(in: zone)) to \(absence.until.text(in: zone))"
  }

  func text(_ timing: Notification.Timing) -> String {
    switch timing {
    case .now: "now"
    case .workingTime(let calendar): "working time of \(rulebook.calendars[calendar].name)"
    }
  }

  func text(_ grouping: Notification.Grouping?) -> String? {
    guard let grouping else { return nil }
    let keys = grouping.keys.map { key in
      if case .field(let slot) = key { name(slot) } else { "\(key)" }
    }
    return "\(keys.joined(separator: ", ")) for \(TargetDuration.elapsed(milliseconds: grouping.wait).text)"
  }

  /// In both languages where they differ.
  func text(_ message: MessageTemplate?) -> String? {
    guard let message else { return nil }
    let texts = Language.allCases.map { text(message.segments(in: $0.rawValue)) }
    return texts.allSatisfy { $0 == texts[0] }
      ? texts[0] : list(zip(Language.allCases, texts).map { "\($0.rawValue): \($1)" })
  }

  private func text(_ segments: [MessageTemplate.Segment]) -> String {
    segments.map { segment in
      switch segment {
      case .text(let text): text
      case .field(let slot): "{\(name(slot))}"
      case .missingField: "{field}"
      case .notice(let placeholder): "{\(placeholder.rawValue)}"
      }
    }.joined()
  }

  /// The hours of each day that has any, such as `09:00-12:00, 13:00-18:00`, by date.
  func hours(_ spans: [Range<Instant>], _ zone: TimeZoneRules) -> [(name: String, text: String?)] {
    var days = [(name: String, text: String?)]()
    for span in spans {
      // Date and time stand at the same places of every RFC 3339 text.
      let (start, end) = (span.lowerBound.text(in: zone), span.upperBound.text(in: zone))
      let (day, hours) = (String(start.prefix(10)), "\(start.minutes)-\(end.minutes)")
      if let last = days.last, last.name == day {
        days[days.count - 1].text = "\(last.text ?? ""), \(hours)"
      } else {
        days.append((day, hours))
      }
    }
    return days
  }
}

extension String {
  fileprivate var minutes: Substring { dropFirst(11).prefix(5) }
}
