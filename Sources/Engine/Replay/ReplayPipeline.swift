public import PluginAPI
import Reports
public import RuleDifference
import RuleEvaluator
public import WorkingTime

/// What came of a replay: counts, the first tickets that change, records that cannot be read.
public struct Replay: Sendable {
  public struct Unreadable: Sendable {
    public var place: String
    public var message: String
  }

  /// So many records that cannot be read are named; all are counted.
  static let namedLimit = 20

  public internal(set) var summary = ReplaySummary()
  public internal(set) var examples: [TicketChange] = []
  public internal(set) var unreadable: [Unreadable] = []
}

/// All tickets of a store, decided under two rulebooks at the same instant.
///
/// Pages are fetched one at a time and replayed side by side; what is read comes out in the order of the store. In memory are
/// at most twice as many pages as jobs, the counts, and the first examples.
public struct ReplayPipeline: Sendable {
  public var comparison: DecisionComparison
  public var store: any TicketStore
  /// The instant at which tickets are judged.
  public var now: Instant
  /// The language of messages about records that cannot be read.
  public var language: String
  /// How many changed tickets are kept whole.
  public var exampleLimit: Int
  /// How many pages are replayed at once, at least 1.
  public var jobs: Int
  /// Receives the tickets that change as JSON lines, in order; nil where nobody reads them.
  public var writeChanges: (@Sendable ([UInt8]) throws -> Void)?
  /// Told after each page.
  public var reportProgress: (@Sendable (CheckProgress) -> Void)?

  public init(
    _ comparison: DecisionComparison, store: any TicketStore, now: Instant, language: String,
    exampleLimit: Int, jobs: Int = 1
  ) {
    self.comparison = comparison
    self.store = store
    self.now = now
    self.language = language
    self.exampleLimit = max(0, exampleLimit)
    self.jobs = max(1, jobs)
  }

  /// Reads every ticket once. The store is open; the caller closes it.
  ///
  /// - Throws: `PluginError`, or what `writeChanges` throws.
  public func run() async throws -> Replay {
    let stage = PageReplay(
      comparison: comparison, now: now, language: Language(tag: language), exampleLimit: exampleLimit,
      json: writeChanges == nil ? nil : ReplayJSON(comparison))
    var pages = store.pages(since: nil, limit: Self.recordsPerPage).makeAsyncIterator()
    var replay = Replay()
    var progress = CheckProgress()
    try await withThrowingTaskGroup(of: ReplayedPage.self) { group in
      var (issued, running, isFinished) = (0, 0, false)
      var waiting: [Int: ReplayedPage] = [:]
      var next = 0
      while !isFinished || running > 0 {
        while !isFinished, running < jobs, issued - next < 2 * jobs {
          guard let page = try await pages.next() else {
            isFinished = true
            break
          }
          let number = issued
          group.addTask { stage.replay(page, number: number) }
          (issued, running) = (issued + 1, running + 1)
        }
        guard let done = try await group.next() else { break }
        running -= 1
        waiting[done.number] = done
        while let page = waiting.removeValue(forKey: next) {
          next += 1
          try add(page, to: &replay)
          progress.add(page.summary.progress, fraction: page.fraction)
          reportProgress?(progress)
        }
      }
    }
    return replay
  }

  private func add(_ page: ReplayedPage, to replay: inout Replay) throws {
    replay.summary += page.summary
    replay.examples += page.examples.prefix(exampleLimit - replay.examples.count)
    replay.unreadable += page.unreadable.prefix(Replay.namedLimit - replay.unreadable.count)
    if !page.changes.isEmpty { try writeChanges?(page.changes) }
  }

  /// As of a check.
  private static let recordsPerPage = 500
}

extension ReplaySummary {
  fileprivate var progress: ReportSummary {
    var summary = ReportSummary()
    (summary.tickets, summary.unreadable) = (tickets, unreadable)
    return summary
  }
}
