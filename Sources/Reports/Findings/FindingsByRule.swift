import Diagnostics

/// Findings gathered by their rule, for formats that have an entry a rule. Holds as much as there are rules.
struct FindingsByRule: Sendable {
  struct Tally: Sendable {
    var rule: ReportedRule
    /// How many make the run fail.
    var failing = 0
    /// How many count, failing ones among them.
    var new = 0
    var known = 0
    var waived = 0
    /// The waivers that waived some, by their index.
    var waivers: Set<Int> = []
    /// The worst of those that count.
    var worst: Severity?
    /// The first of those that fail, then of the others that count.
    var examples: [ReportedFinding] = []
  }

  /// How many findings of one rule are told in full.
  static let exampleCount = 20

  /// Characters of a message or an id, which tickets may make as long as they wish.
  static let textLimit = 1_000

  private let subject: ReportSubject
  /// In the order of the rulebook; rules that only findings name come last.
  private(set) var tallies: [Tally]
  private var indexes: [String: Int] = [:]

  init(_ subject: ReportSubject) {
    self.subject = subject
    tallies = subject.rules.map { Tally(rule: $0) }
    for (index, rule) in subject.rules.enumerated() where indexes[rule.id] == nil { indexes[rule.id] = index }
  }

  mutating func add(_ finding: ReportedFinding) {
    let index = index(of: finding)
    switch finding.standing {
    case .known: tallies[index].known += 1
    case .waived(let waiver):
      tallies[index].waived += 1
      tallies[index].waivers.insert(waiver)
    case .new: count(finding, at: index)
    }
  }

  private mutating func count(_ finding: ReportedFinding, at index: Int) {
    let fails = subject.isFailed(by: finding)
    if tallies[index].examples.count < Self.exampleCount {
      tallies[index].examples.append(finding)
    } else if fails, let other = tallies[index].examples.firstIndex(where: { !subject.isFailed(by: $0) }) {
      tallies[index].examples.remove(at: other)
      tallies[index].examples.append(finding)
    }
    tallies[index].new += 1
    if fails { tallies[index].failing += 1 }
    tallies[index].worst = max(tallies[index].worst ?? finding.severity, finding.severity)
  }

  private mutating func index(of finding: ReportedFinding) -> Int {
    if let index = indexes[finding.rule] { return index }
    let rule = ReportedRule(
      id: finding.rule, section: "other", title: finding.rule, severity: finding.severity,
      place: finding.rulePlace)
    tallies.append(Tally(rule: rule))
    indexes[finding.rule] = tallies.count - 1
    return tallies.count - 1
  }
}

/// The worst findings, at most a given number of them, for formats whose readers take no more; of equals the first.
struct WorstFindings: Sendable {
  private let limit: Int
  private var bySeverity: [Severity: [ReportedFinding]] = [:]
  private(set) var count = 0
  /// How many were left out.
  private(set) var omitted = 0

  init(limit: Int) { self.limit = limit }

  mutating func add(_ finding: ReportedFinding) {
    if count < limit {
      count += 1
    } else {
      omitted += 1
      guard let mildest = Severity.allCases.first(where: { bySeverity[$0]?.isEmpty == false }),
        mildest < finding.severity
      else { return }
      bySeverity[mildest]?.removeLast()
    }
    bySeverity[finding.severity, default: []].append(finding)
  }

  /// The worst first, each severity in the order in which they came.
  var all: [ReportedFinding] {
    Severity.allCases.sorted(by: >).flatMap { bySeverity[$0] ?? [] }
  }
}
