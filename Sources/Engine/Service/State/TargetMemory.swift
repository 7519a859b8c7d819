public import RuleEvaluator
import WorkingTime

/// The targets that a ticket's windows have had, by the ids of the windows: of those alone that do not just count the present
/// target from their start.
public struct TargetMemory: Hashable, Sendable {
  /// Under the rules before those that the ticket was last decided by.
  public var earlier: [String: [TargetEra]]
  /// All of them, as last decided.
  public var last: [String: [TargetEra]]

  public init(earlier: [String: [TargetEra]] = [:], last: [String: [TargetEra]] = [:]) {
    self.earlier = earlier
    self.last = last
  }

  public var isEmpty: Bool { earlier.isEmpty && last.isEmpty }
}

extension TicketMemory {
  /// What the rules before these said of the ticket's targets; nil where they said nothing.
  ///
  /// - Parameters:
  ///   - generation: the number of the rules that hold.
  ///   - boundary: from when on.
  func earlierTargets(_ generation: Int, since boundary: Instant?) -> EarlierTargets? {
    if targets.isEmpty { return nil }
    guard let boundary else { return nil }
    var courses = generation == self.generation ? targets.earlier : targets.last
    for (window, eras) in courses {
      let past = eras.filter { $0.since.map { $0 < boundary } ?? true }
      courses[window] = past.isEmpty ? nil : past
    }
    return courses.isEmpty ? nil : EarlierTargets(until: boundary, courses: courses)
  }
}

// MARK: - As text

extension TargetMemory {
  /// A line an era: `e` or `l`, the window, since when in milliseconds or `-`, and the target, with tabs between.
  public var text: String {
    (Self.lines(of: earlier, "e") + Self.lines(of: last, "l")).joined(separator: "\n")
  }

  private static func lines(of courses: [String: [TargetEra]], _ kind: String) -> [String] {
    courses.sorted { $0.key < $1.key }.flatMap { window, eras in
      eras.map { era in
        let since = era.since.map { String($0.milliseconds) } ?? "-"
        return [kind, window, since, era.target.text].joined(separator: "\t")
      }
    }
  }

  /// Passes over what is no line of `text`.
  public init(text: String) {
    self.init()
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "\t").map(String.init)
      guard parts.count == 4, let target = try? TargetDuration(parsing: parts[3]) else { continue }
      let era = TargetEra(since: Int64(parts[2]).map { Instant(milliseconds: $0) }, target: target)
      if parts[0] == "e" { earlier[parts[1], default: []].append(era) }
      if parts[0] == "l" { last[parts[1], default: []].append(era) }
    }
  }
}
