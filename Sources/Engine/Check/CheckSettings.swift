import Diagnostics
import LocatedYAML
import Reports
public import RuleEvaluator
public import WorkingTime

/// How tickets are judged and what is kept of it.
public struct CheckSettings: Sendable {
  public var rulebook: Rulebook
  /// The instant at which tickets are judged.
  public var now: Instant
  /// The tag of the language of messages.
  public var language: String
  /// How many pages are evaluated at once, at least 1.
  public var jobs: Int
  /// Whether somebody reads decisions as JSON lines.
  public var writesDecisions = false
  /// Whether somebody reads findings one by one.
  public var keepsFindings = false
  /// What was found before and is accepted for now.
  public var baseline: Baseline?
  /// Whether the baseline is made anew: whatever is found of a ticket with an id is accepted.
  public var renewsBaseline = false
  /// Whether the tickets are a part of a larger set, of which nothing can be said that needs all of them.
  public var isPart = false
  /// Whether it is all right that no ticket has a field, and that a window could be computed for none.
  public var allowsEmpty = false

  public init(_ rulebook: Rulebook, now: Instant, language: String, jobs: Int = 1) {
    self.rulebook = rulebook
    self.now = now
    self.language = language
    self.jobs = max(1, jobs)
  }

  var waiverCount: Int { rulebook.waivers.count }

  /// Whether it is told what no ticket has.
  var tracksPresence: Bool { !isPart && !allowsEmpty }

  /// A finding as a baseline keeps it; nil without a baseline, for a ticket without an id, and for an id that no file can hold.
  func baselineEntry(_ rule: String, _ ticket: String?, _ field: String?) -> BaselineEntry? {
    guard baseline != nil, let ticket, !YAMLDocument.refuses(ticket) else { return nil }
    return BaselineEntry(rule: rule, ticket: ticket, field: field)
  }

  /// What becomes of a finding of the evaluator about the ticket with that id.
  func judge(_ finding: Finding, _ reference: FindingReference, of ticket: String?) -> FindingJudgement {
    let entry = baselineEntry(reference.rule, ticket, reference.field)
    return FindingJudgement(
      reference: reference, entry: entry, standing: standing(of: finding, entry, reference.severity))
  }

  /// What becomes of a finding of the evaluator.
  ///
  /// - Parameter entry: as a baseline keeps it; nil for a ticket without an id.
  func standing(
    of finding: Finding, _ entry: BaselineEntry?, _ severity: Severity
  ) -> ReportedFinding.Standing {
    standing(waivedBy: finding.isWaived ? finding.waiver : nil, entry, severity)
  }

  /// A baseline accepts nothing worse than what was found then: a warning that became a breach is new.
  func standing(
    waivedBy waiver: Int?, _ entry: BaselineEntry?, _ severity: Severity
  ) -> ReportedFinding.Standing {
    if let waiver { return .waived(waiver: waiver) }
    guard let baseline, let entry else { return .new }
    if renewsBaseline { return .known }
    return baseline.entries[entry].map { severity <= $0 } ?? false ? .known : .new
  }
}
