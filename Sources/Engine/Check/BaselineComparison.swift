import Diagnostics
import Reports

/// What was found beside what the baseline holds: what is fixed, and what a new baseline would hold.
struct BaselineComparison {
  private let settings: CheckSettings
  /// What was found and is not waived, with the worst severity.
  private var found: [BaselineEntry: Severity] = [:]
  private var waived: Set<BaselineEntry> = []
  /// The tickets of the baseline that were read.
  private var read: Set<String> = []
  private(set) var unkept = UnkeptFindings()

  init(_ settings: CheckSettings) { self.settings = settings }

  mutating func add(_ page: EvaluatedPage) {
    found.merge(page.baselineEntries) { max($0, $1) }
    waived.formUnion(page.waivedEntries)
    read.formUnion(page.baselineTickets)
    unkept += page.unkept
  }

  /// What the baseline holds and was found neither waived nor not; a part of the tickets cannot tell.
  private var gone: [BaselineEntry: Severity] {
    guard !settings.isPart, let baseline = settings.baseline else { return [:] }
    return baseline.entries.filter { found[$0.key] == nil && !waived.contains($0.key) }
  }

  /// In the order of tickets.
  ///
  /// - Parameter someUnread: whether a record could not be read, which may be one of the baseline's tickets.
  func fixed(someUnread: Bool) -> [BaselineEntry] {
    gone.keys.filter { !someUnread || read.contains($0.ticket) }.sorted()
  }

  /// What was found, and what may be there still.
  func renewed(someUnread: Bool) -> [BaselineEntry: Severity] {
    let kept = gone.filter { someUnread && !read.contains($0.key.ticket) }
    return found.merging(kept) { first, _ in first }
  }
}
