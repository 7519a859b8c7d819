import Diagnostics
import RuleEvaluator
import RuleSyntax
import TicketModel

/// The names that findings give as their rule, and what else a waiver may name by mistake.
struct WaivableRules {
  /// What has a name and no findings of its own.
  enum Kind {
    case record, history, row, escalation, notification, waiver
  }

  private(set) var subjects: [String: Waiver.Subject] = [:]
  /// In the order in which messages suggest them.
  private(set) var names: [String] = []
  /// Rules whose ids are known, also those with an error.
  private let declared: Set<String>
  private let others: [String: Kind]

  init(
    _ declaration: RulebookDeclaration, _ schema: Schema, _ windows: [ResponseWindow],
    _ requirements: [Requirement], _ checks: [Check], _ workflow: Workflow?, _ reviews: [Review],
    _ tables: [DecisionTable], _ ids: [String: Place]
  ) {
    declared = declaration.waivableIDs
    others = declaration.kindsWithoutFindings(ids)
    // The rule of a field that every ticket must have is the field's.
    for (slot, field) in schema.fields.enumerated() { add("fields.\(field.name)", .field(slot)) }
    for (index, rule) in requirements.enumerated() { add(rule.id, .requirement(index)) }
    for (index, rule) in checks.enumerated() { add(rule.id, .check(index)) }
    for (index, rule) in windows.enumerated() { add(rule.id, .window(index)) }
    for (index, rule) in reviews.enumerated() { add(rule.id, .review(index)) }
    for (index, table) in tables.enumerated() { add(table.name, .table(index)) }
    if let workflow, case .choice(let domain) = schema.fields[workflow.field].type {
      for (index, key) in domain.keys.enumerated() { add("workflow.\(key)", .state(index)) }
    }
  }

  /// The first of a name counts: a review of each ticket by itself is known as a requirement by then.
  private mutating func add(_ name: String, _ subject: Waiver.Subject) {
    if subjects[name] != nil { return }
    subjects[name] = subject
    names.append(name)
  }

  /// Whether it is a rule that could not be compiled, of which something was reported.
  func isDeclared(_ name: String) -> Bool { declared.contains(name) }

  func kindWithoutFindings(of name: String) -> Kind? { others[name] }
}

extension RulebookDeclaration {
  fileprivate var waivableIDs: Set<String> {
    var names = Set(requiredFields.map(\.id.value) + checks.map(\.id.value) + reviews.map(\.id.value))
    names.formUnion(windows.map(\.id.value))
    names.formUnion(fields.map { "fields.\($0.name.value)" })
    names.formUnion(tables.map { "tables.\($0.name.value)" })
    names.formUnion((workflow?.states ?? []).map { "workflow.\($0.name.value)" })
    if priorities != nil { names.insert("priorities") }
    if routing != nil { names.insert("routing") }
    return names
  }

  /// Every id that is no rule of its own is that of a row, if it is none of those that have a section.
  fileprivate func kindsWithoutFindings(_ ids: [String: Place]) -> [String: WaivableRules.Kind] {
    var kinds: [String: WaivableRules.Kind] = ids.mapValues { _ in .row }
    for escalation in windows.flatMap(\.escalations) { kinds[escalation.id.value] = .escalation }
    for notification in notifications { kinds[notification.id.value] = .notification }
    for waiver in waivers { kinds[waiver.id.value] = .waiver }
    kinds["record"] = .record
    kinds["history"] = .history
    return kinds
  }
}
