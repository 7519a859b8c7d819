import RuleEvaluator
import WorkingTime

/// How results of tests are worded.
enum ResultWording {
  static func differs(_ subject: String, _ expected: String, _ actual: String) -> String {
    "\(subject): expected \(expected), was \(actual)"
  }

  static func asOf(_ instant: String) -> String { " (as of \(instant))" }

  static func missing(_ kind: String, _ item: String) -> String { "\(kind) \(item): expected, and not there" }
  static func unexpected(_ kind: String, _ item: String) -> String {
    "\(kind) \(item): there, and not expected"
  }

  static func hit(_ row: String) -> String { "row \(row) hit" }
  static let otherwise = "no row hit, so 'otherwise' holds"

  /// Why a row that was expected did not hit.
  static func miss(_ row: String, gives: String?, _ cells: [(input: String, text: String, value: String)])
    -> String
  {
    let subject = "row \(row)" + (gives.map { ", which gives \($0)," } ?? "")
    let first = cells[0]
    let count = cells.count == 1 ? "by one cell" : "by \(cells.count) cells, the first"
    return "\(subject) was missed \(count): \(first.input) was \(first.value), not \(first.text)"
  }

  static func expressionMiss(_ row: String, gives: String?, _ trace: ExpressionTrace) -> String {
    let subject = "row \(row)" + (gives.map { ", which gives \($0)," } ?? "")
    let parts = trace.parts.map { "\($0.text) = \($0.value)" }.joined(separator: ", ")
    return "\(subject) was missed by its expression: \(trace.text) is \(trace.value)"
      + (parts.isEmpty ? "" : " (\(parts))")
  }

  static func preferred(_ row: String) -> String { "row \(row) would hold, and another was preferred" }

  static func finding(_ rule: String, field: String?, severity: String? = nil) -> String {
    let parts = [field, severity].compactMap(\.self)
    return parts.isEmpty ? rule : "\(rule) (\(parts.joined(separator: ", ")))"
  }

  static func doesNotApply(_ rule: String, _ input: String, value: String, cell: String) -> String {
    "\(rule) does not apply: \(input) was \(value), not \(cell)"
  }

  static func doesNotApply(_ rule: String, _ trace: ExpressionTrace) -> String {
    "\(rule) does not apply: \(trace.text) is \(trace.value)"
  }

  static func appliesWithoutFinding(_ rule: String) -> String { "\(rule) applies, and is kept" }

  static func waived(_ rule: String, by waiver: Waiver) -> String {
    "\(rule) finds it, and \(waiver.id) waives it until \(waiver.until.text)"
  }
  static func notWaived(_ rule: String) -> String { "\(rule) finds it, and no waiver in force applies" }

  /// A length of time with its sign; `none` for nil.
  static func length(_ milliseconds: Int64?) -> String {
    guard let milliseconds else { return "none" }
    let text = TargetDuration.elapsed(milliseconds: Int64(clamping: milliseconds.magnitude)).text
    return milliseconds < 0 ? "-\(text)" : text
  }
}
