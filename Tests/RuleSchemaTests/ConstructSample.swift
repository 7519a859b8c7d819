import Diagnostics
import RuleSyntax
import Testing

/// A small rule file around one key of one construct, out of the examples that the declarations give.
struct ConstructSample: CustomTestStringConvertible, Sendable {
  let construct: Construct
  let key: Construct.Key

  static let all = Construct.allCases.flatMap { construct in
    construct.keys.map { ConstructSample(construct: construct, key: $0) }
  }

  var testDescription: String { "\(construct.rawValue): \(key.name)" }

  /// The file with the key, and with all that must stand beside it.
  var complete: String { file(entries) }

  /// The same without the key.
  var without: String { file(entries.filter { $0.name != key.name }) }

  /// The same with a key that nobody knows.
  var withUnknown: String { file(entries + [("bogus_key", "{a: b}")]) }

  func diagnostics(of text: String) -> [Diagnostic] {
    let source = SourceText(path: "a.yaml", text: text)
    guard construct == .holidayFile else { return RulebookSyntax.parse(files: [source]).diagnostics }
    var diagnostics: [Diagnostic] = []
    _ = HolidayFileSyntax.parse(source, into: &diagnostics)
    return diagnostics
  }

  private typealias Entry = (name: String, value: String)

  private var entries: [Entry] {
    let needed = construct.keys.filter { other in
      other.name == key.name || other.isRequired || key.companions.contains(other.name)
        || construct.alternatives.first == other.name && !isAlternative
    }
    let companions = needed.flatMap(\.companions)
    let all = construct.keys.filter { other in
      needed.contains(other) || companions.contains(other.name)
    }
    return all.map { ($0.name, $0.name == "type" ? type : $0.example) }
  }

  private var isAlternative: Bool { construct.alternatives.contains(key.name) }

  /// The type that the key belongs to.
  private var type: String {
    switch key.name {
    case "values": "choice"
    case "ordered": "choice, values: [a]"
    case "of", "max_items": "list"
    case "fields": "object"
    case "min", "max": "integer"
    default: "string"
    }
  }

  private func file(_ entries: [Entry]) -> String {
    let beginning = construct == .holidayFile ? "" : "format: 1\nrulebook: r\n"
    switch construct {
    case .ruleFile:
      let lines = entries.map { "\($0.name): \($0.value)\n" }
      let named = lines.contains { $0.hasPrefix("rulebook: ") } ? "" : "rulebook: r\n"
      return lines.joined() + named
    case .holidayFile: return entries.map { "\($0.name): \($0.value)\n" }.joined() + "x-a: b\n"
    default:
      let content = entries.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
      return beginning + surroundings.replacing("%", with: content) + "\n"
    }
  }

  /// Where the construct may stand.
  private var surroundings: String {
    switch construct {
    case .ruleFile, .holidayFile: ""
    case .field: "fields: {f: {%}}"
    case .element: "fields: {f: {type: list, of: {%}}}"
    case .choice: "fields: {f: {type: choice, values: {v: {%}}}}"
    case .calendar: "calendars: {c: {%}}"
    case .holiday, .holidaySource: "calendars: {c: {weekly_hours: {mon: []}, holidays: [{%}]}}"
    case .priorities: "priorities: {%}"
    case .table: "tables: {t: {%}}"
    case .routing: "routing: {%}"
    case .team:
      "routing: {hit: first, inputs: [type], outputs: [team], rows: [{id: R, type: a, team: t}], teams: {t: {%}}}"
    case .absence:
      "routing: {hit: first, inputs: [type], outputs: [team], rows: [{id: R, type: a, team: t}], teams: {t: {away: [{%}]}}}"
    case .row: "tables: {t: {hit: first, inputs: [type], outputs: [answer], rows: [{type: a, answer: b, %}]}}"
    case .targetTable, .targetByValue: "windows: {w: {start: a, stop: b, target: {%}}}"
    case .window: "windows: {w: {%}}"
    case .escalation: "windows: {w: {start: a, stop: b, target: 4 hours, escalate: [{%}]}}"
    case .requiredFields: "required_fields: [{%}]"
    case .check: "checks: [{%}]"
    case .workflow: "workflow: {%}"
    case .state: "workflow: {field: status, initial: a, states: {a: {%}}}"
    case .review: "reviews: [{%}]"
    case .notification: "notifications: [{%}]"
    case .waiver: "waivers: [{%}]"
    }
  }
}
