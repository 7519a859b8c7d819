import Reports
import RuleEvaluator

/// What becomes of one finding of the evaluator: worked out once, for all who write of it.
struct FindingJudgement {
  var reference: FindingReference
  /// As a baseline keeps it; nil without a baseline, and for what none can hold.
  var entry: BaselineEntry?
  var standing: ReportedFinding.Standing
}
