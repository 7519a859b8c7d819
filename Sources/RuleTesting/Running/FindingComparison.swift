import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

/// A finding as tests speak of it.
struct FindingFact {
  var reference: FindingReference
  /// The index in the decision's findings; nil for a review of frequent problems.
  var finding: Int?

  func matches(_ expected: ExpectedFinding) -> Bool {
    if !NamePattern(expected.rule.value).matches(reference.rule) { return false }
    if let field = expected.field, field.value != reference.field { return false }
    return expected.severity.map { $0.value == reference.severity } ?? true
  }

  var text: String {
    ResultWording.finding(reference.rule, field: reference.field, severity: reference.severity.rawValue)
  }
}

/// Findings: all that hold of the ticket, and reviews of frequent problems that its test's tickets call for. Those that
/// waivers take back are a list of their own.
extension CaseRunner {
  func compare(
    _ expected: ExpectedList<ExpectedFinding>, _ testCase: TestCase, at now: Instant, areWaived: Bool = false,
    into mismatches: inout [Mismatch]
  ) {
    let kind = areWaived ? "waived finding" : "finding"
    let facts = findingFacts(testCase, areWaived: areWaived)
    for item in expected.present where !facts.contains(where: { $0.matches(item) }) {
      var mismatch = Mismatch(ResultWording.missing(kind, item.text), at: item.rule.place)
      if explains {
        mismatch.related = contrary(item, testCase, areWaived: !areWaived)
        if mismatch.related.isEmpty { mismatch.related = whyMissing(item.rule.value, testCase, at: now) }
      }
      mismatches.append(mismatch)
    }
    for item in expected.missing {
      for fact in facts where fact.matches(item) {
        mismatches.append(unexpected(kind, fact, testCase, at: item.rule.place))
      }
    }
    guard expected.isExact else { return }
    for fact in facts where !expected.present.contains(where: { fact.matches($0) }) {
      mismatches.append(unexpected(kind, fact, testCase, at: expected.place))
    }
  }

  private func findingFacts(_ testCase: TestCase, areWaived: Bool) -> [FindingFact] {
    var facts = [FindingFact]()
    for index in decision.findings.indices where decision.findings[index].isWaived == areWaived {
      let reference = rulebook.reference(of: decision.findings[index], testCase.ticket.problems)
      facts.append(FindingFact(reference: reference, finding: index))
    }
    for index in areWaived ? waivedReviews : dueReviews {
      facts.append(FindingFact(reference: rulebook.reference(ofReview: index)))
    }
    return facts
  }

  /// That a finding is there, but waived, or the other way round.
  private func contrary(
    _ item: ExpectedFinding, _ testCase: TestCase, areWaived: Bool
  ) -> [Diagnostic.Related] {
    let facts = findingFacts(testCase, areWaived: areWaived)
    guard let fact = facts.first(where: { $0.matches(item) }) else { return [] }
    let rule = fact.reference.rule
    if areWaived {
      guard let finding = fact.finding else { return [] }
      let waiver = rulebook.waivers[decision.findings[finding].waiver]
      return [Diagnostic.Related(ResultWording.waived(rule, by: waiver), at: waiver.place)]
    }
    return fact.reference.place.map { [Diagnostic.Related(ResultWording.notWaived(rule), at: $0)] } ?? []
  }

  private func unexpected(
    _ kind: String, _ fact: FindingFact, _ testCase: TestCase, at place: Place
  ) -> Mismatch {
    var mismatch = Mismatch(ResultWording.unexpected(kind, fact.text), at: place)
    guard explains else { return mismatch }
    var message = fact.reference.rule
    if let finding = fact.finding {
      message = FindingText(rulebook, language: rulebook.language).message(
        of: decision.findings[finding], of: testCase.ticket, decision)
    }
    if let rule = fact.reference.place { mismatch.related.append(Diagnostic.Related(message, at: rule)) }
    return mismatch
  }

  // MARK: Explanations

  /// Why a rule found nothing: what of its condition did not hold, or that it is kept.
  private func whyMissing(_ rule: String, _ testCase: TestCase, at now: Instant) -> [Diagnostic
    .Related]
  {
    let trace = evaluator.trace(testCase.ticket, at: now)
    var related = [Diagnostic.Related]()
    for (index, requirement) in rulebook.requirements.enumerated() where requirement.id == rule {
      let text = why(rule, trace.requirements[index].failure, requirement.condition)
      related.append(Diagnostic.Related(text, at: requirement.place))
    }
    for (index, check) in rulebook.checks.enumerated() where check.id == rule {
      let text = why(rule, trace.checkConditions[index].failure, check.condition)
      related.append(Diagnostic.Related(text, at: check.place))
    }
    for (index, window) in rulebook.windows.enumerated() where window.id == rule {
      let state = decision.reading(ofWindow: index)?.state.rawValue ?? "not there"
      related.append(Diagnostic.Related("window \(rule) is \(state)", at: window.place))
    }
    return related
  }

  private func why(_ rule: String, _ failure: Trace.Failure?, _ condition: Condition) -> String {
    switch failure {
    case nil: return ResultWording.appliesWithoutFinding(rule)
    case .expression(let trace): return ResultWording.doesNotApply(rule, trace)
    case .cell(let index, let value):
      let term = condition.terms[index]
      return ResultWording.doesNotApply(rule, term.name, value: value, cell: term.text)
    }
  }
}

extension ExpectedFinding {
  fileprivate var text: String {
    ResultWording.finding(rule.value, field: field?.value, severity: severity?.value.rawValue)
  }
}
