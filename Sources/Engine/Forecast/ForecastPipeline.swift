public import PluginAPI
import Reports
public import RuleEvaluator
public import WorkingTime

/// A forecast about all tickets of a store: pages are fetched one at a time and looked at side by side.
///
/// In memory are at most as many pages as jobs, and what will breach.
public struct ForecastPipeline: Sendable {
  public var rulebook: Rulebook
  public var store: any TicketStore
  /// The instant from which is looked ahead.
  public var now: Instant
  /// What is due before it will breach.
  public var end: Instant
  /// The language of messages about records that cannot be read.
  public var language: String
  /// How many pages are looked at at once, at least 1.
  public var jobs: Int
  /// Told after each page.
  public var reportProgress: (@Sendable (CheckProgress) -> Void)?

  public init(
    rulebook: Rulebook, store: any TicketStore, from now: Instant, until end: Instant, language: String,
    jobs: Int = 1
  ) {
    self.rulebook = rulebook
    self.store = store
    self.now = now
    self.end = end
    self.language = language
    self.jobs = max(1, jobs)
  }

  /// Reads every ticket once. The store is open; the caller closes it.
  public func run() async throws(PluginError) -> Forecast {
    let stage = PageForecast(rulebook, from: now, until: end, language: language)
    var pages = store.pages(since: nil, limit: Self.recordsPerPage).makeAsyncIterator()
    var forecast = Forecast()
    var progress = CheckProgress()
    var failure: PluginError?
    await withTaskGroup(of: (part: Forecast, fraction: Double?).self) { group in
      var (running, isFinished) = (0, false)
      while !isFinished || running > 0 {
        while !isFinished, running < jobs {
          do throws(PluginError) {
            guard let page = try await pages.next() else {
              isFinished = true
              break
            }
            group.addTask { (stage.forecast(page), page.fraction) }
            running += 1
          } catch {
            (failure, isFinished) = (error, true)
          }
        }
        guard let done = await group.next() else { break }
        running -= 1
        forecast.add(done.part)
        progress.add(done.part.summary, fraction: done.fraction)
        reportProgress?(progress)
      }
    }
    if let failure { throw failure }
    forecast.sort()
    return forecast
  }

  /// As of a check.
  private static let recordsPerPage = 500
}

extension Forecast {
  fileprivate var summary: ReportSummary {
    var summary = ReportSummary()
    (summary.tickets, summary.unreadable) = (tickets, unreadableCount)
    return summary
  }
}
