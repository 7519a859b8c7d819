public import PluginAPI
public import RuleEvaluator
public import WorkingTime

/// A check of all tickets of a store. A ticket passes through the stages in this order:
///
///     fetch > evaluate > compare > review > report > deliver
///
/// Pages are fetched one at a time and evaluated side by side. From `compare` on everything happens in the order of
/// the store, so that the output is the same whatever the number of jobs; at most twice as many pages as jobs are in
/// memory.
public struct CheckPipeline: Sendable {
  public var rulebook: Rulebook
  public var store: any TicketStore
  public var notifiers: [any Notifier]
  /// The instant at which tickets are judged.
  public var now: Instant
  /// The language of messages.
  public var language: String
  /// How many pages are evaluated at once, at least 1.
  public var jobs: Int
  /// Receives decisions as JSON lines, in order; nil where nobody reads them.
  public var writeDecisions: (@Sendable ([UInt8]) throws -> Void)?
  /// Told after each page.
  public var reportProgress: (@Sendable (CheckProgress) -> Void)?

  public init(
    rulebook: Rulebook, store: any TicketStore, notifiers: [any Notifier] = [], now: Instant,
    language: String, jobs: Int = 1
  ) {
    self.rulebook = rulebook
    self.store = store
    self.notifiers = notifiers
    self.now = now
    self.language = language
    self.jobs = max(1, jobs)
  }

  /// Checks every ticket once. The store and the notifiers are open; the caller closes them.
  ///
  /// - Throws: `PluginError`, or what `writeDecisions` throws.
  public func run() async throws -> CheckSummary {
    let evaluation = PageEvaluation(
      rulebook: rulebook, now: now, language: language, writesDecisions: writeDecisions != nil,
      writesDeliveries: !notifiers.isEmpty)
    let delivery = DeliveryStage(notifiers: notifiers)
    var comparison = TicketComparison(evaluation)
    var reviews = ReviewStage(evaluation)
    var pages = store.pages(since: nil, limit: Self.recordsPerPage).makeAsyncIterator()
    var order = PageOrder(jobs: jobs)
    var progress = CheckProgress()
    var failure: PluginError?

    try await withThrowingTaskGroup(of: EvaluatedPage.self) { group in
      repeat {
        while order.hasRoom {
          let page: TicketPage?
          do throws(PluginError) {
            page = try await pages.next()
          } catch {
            // What came before the error is reported, and then the error.
            (page, failure) = (nil, error)
          }
          guard let page else {
            order.close()
            break
          }
          let number = order.issue()
          if jobs == 1 {
            // On the thread that read it, while it is in the processor's cache.
            order.add(evaluation.evaluate(page, number: number))
          } else {
            group.addTask { evaluation.evaluate(page, number: number) }
          }
        }
        if let evaluated = try await group.next() { order.add(evaluated) }
        while var page = order.next() {
          comparison.compare(&page)
          reviews.count(&page)
          try writeDecisions?(page.decisions)
          try await delivery.deliver(page.deliveries)
          progress.add(page)
          reportProgress?(progress)
        }
      } while !order.isFinished
    }
    if let failure { throw failure }
    if let due = reviews.finish(fraction: progress.fraction) {
      try writeDecisions?(due.decisions)
      try await delivery.deliver(due.deliveries)
      progress.add(due)
      reportProgress?(progress)
    }
    return progress.summary
  }

  /// Large enough that a page's fixed costs vanish, small enough that pages stay in the processor's cache.
  private static let recordsPerPage = 500
}
