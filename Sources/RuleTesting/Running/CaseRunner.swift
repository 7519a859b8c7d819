import Diagnostics
import Engine
import RuleEvaluator
import TicketModel
import WorkingTime

/// Runs cases with one rulebook: the real one, or a mutant of it.
///
/// A class, because it holds an evaluator, which cannot be copied, and is asked from closures.
final class CaseRunner {
  let rulebook: Rulebook
  let planner: DeliveryPlanner
  var evaluator: Evaluator
  var decision = Decision()
  /// The frequent problems that a review is due for, at the moment at hand, and those whose review is waived.
  var dueReviews: [Int] = []
  var waivedReviews: [Int] = []
  /// Whether failures are explained; without, the first one ends a case.
  let explains: Bool

  init(_ rulebook: Rulebook, explains: Bool) {
    self.rulebook = rulebook
    self.explains = explains
    planner = DeliveryPlanner(rulebook, language: rulebook.language)
    evaluator = Evaluator(rulebook)
  }

  /// What is not as expected, and in `use` what each part of the rulebook said.
  func run(_ testCase: TestCase, noting use: inout RuleUse) -> [Mismatch] {
    var mismatches = [Mismatch]()
    for moment in testCase.moments {
      countReviews(testCase, at: moment.at)
      evaluator.evaluate(testCase.ticket, at: moment.at, into: &decision, noting: &use)
      var found = [Mismatch]()
      compare(moment, testCase, into: &found)
      let at = words(moment.at)
      // One line of a test that lets time pass may be about several instants.
      mismatches += testCase.hasSeveralInstants ? found.map { $0.saying(ResultWording.asOf(at)) } : found
    }
    return mismatches
  }

  /// Whether all is as expected.
  func passes(_ testCase: TestCase) -> Bool {
    var mismatches = [Mismatch]()
    for moment in testCase.moments {
      countReviews(testCase, at: moment.at)
      evaluator.evaluate(testCase.ticket, at: moment.at, into: &decision)
      compare(moment, testCase, into: &mismatches)
      if !mismatches.isEmpty { return false }
    }
    return true
  }

  /// Counts the case's tickets for reviews of frequent problems, as a check of a whole store does.
  private func countReviews(_ testCase: TestCase, at now: Instant) {
    if !dueReviews.isEmpty { dueReviews = [] }
    if !waivedReviews.isEmpty { waivedReviews = [] }
    if testCase.others.isEmpty { return }
    var counts = [ReviewGroup: RecurrenceCount]()
    for (index, ticket) in (testCase.others + [testCase.ticket]).enumerated() {
      evaluator.evaluate(ticket, at: now, into: &decision)
      for contribution in evaluator.contributions(of: ticket, decision) {
        let group = ReviewGroup(review: contribution.review, values: contribution.group)
        counts[group, default: RecurrenceCount()].add(
          RecurrenceCount.Member(
            at: contribution.at, ticket: String(index), missing: contribution.missing,
            waiver: contribution.waiver))
      }
    }
    for group in Array(counts.keys) {
      guard let recurrence = rulebook.reviews[group.review].recurrence else { continue }
      guard let member = counts[group]?.due(recurrence) else { continue }
      if member.waiver < 0 { dueReviews.append(group.review) } else { waivedReviews.append(group.review) }
    }
  }

  private func hasEnough(_ mismatches: [Mismatch]) -> Bool { !explains && !mismatches.isEmpty }

  private func compare(
    _ moment: TestCase.Moment, _ testCase: TestCase, into mismatches: inout [Mismatch]
  ) {
    let expectation = moment.expectation
    if let priority = expectation.priority { comparePriority(priority, testCase, into: &mismatches) }
    for row in expectation.rows where !hasEnough(mismatches) { compare(row, testCase, into: &mismatches) }
    if let route = expectation.route { compare(route, testCase, into: &mismatches) }
    for table in expectation.tables where !hasEnough(mismatches) {
      compare(table, testCase, into: &mismatches)
    }
    for window in expectation.windows where !hasEnough(mismatches) {
      compare(window, testCase, into: &mismatches)
    }
    if hasEnough(mismatches) { return }
    if let findings = expectation.findings { compare(findings, testCase, at: moment.at, into: &mismatches) }
    if hasEnough(mismatches) { return }
    if let waived = expectation.waived {
      compare(waived, testCase, at: moment.at, areWaived: true, into: &mismatches)
    }
    if hasEnough(mismatches) { return }
    if let notices = expectation.notices { compare(notices, testCase, at: moment.at, into: &mismatches) }
  }
}

private struct ReviewGroup: Hashable {
  var review: Int
  var values: String
}
