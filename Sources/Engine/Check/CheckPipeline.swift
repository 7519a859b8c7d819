public import Diagnostics
public import PluginAPI
public import Reports

/// A check of all tickets of a store. A ticket passes through the stages in this order:
///
///     fetch > evaluate > compare > review > report > deliver
///
/// Pages are fetched one at a time and evaluated side by side. From `compare` on everything happens in the order of
/// the store, so that the output is the same whatever the number of jobs; at most twice as many pages as jobs are in
/// memory. What only all tickets tell comes last: reviews of frequent problems, and what no ticket has.
public struct CheckPipeline: Sendable {
  public var settings: CheckSettings
  public var store: any TicketStore
  public var notifiers: [any Notifier]
  /// Receives what was decided and found, page by page, in order.
  public var report: (@Sendable (ReportedPage) throws -> Void)?
  /// Told after each page.
  public var reportProgress: (@Sendable (CheckProgress) -> Void)?

  /// A page as reports get it.
  public struct ReportedPage: Sendable {
    /// Decisions as JSON lines; empty where the settings ask for none.
    public var decisions: [UInt8]
    /// Empty where the settings ask for none.
    public var findings: [ReportedFinding]
  }

  /// What came of a check.
  public struct Outcome: Sendable {
    public var summary: ReportSummary
    /// What a new baseline would hold; empty without a baseline.
    public var baseline: [BaselineEntry: Severity]
    /// What was found and no baseline can hold; none without a baseline.
    public var unkept: UnkeptFindings
  }

  public init(_ settings: CheckSettings, store: any TicketStore, notifiers: [any Notifier] = []) {
    self.settings = settings
    self.store = store
    self.notifiers = notifiers
    if !notifiers.isEmpty { self.settings.keepsFindings = true }
  }

  /// Checks every ticket once. The store and the notifiers are open; the caller closes them.
  ///
  /// - Throws: `PluginError`, or what `report` throws.
  public func run() async throws -> Outcome {
    var run = CheckRun(self)
    var pages = store.pages(since: nil, limit: Self.recordsPerPage).makeAsyncIterator()
    var order = PageOrder(jobs: settings.jobs)
    var failure: PluginError?
    let evaluation = run.evaluation

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
          if settings.jobs == 1 {
            // On the thread that read it, while it is in the processor's cache.
            order.add(evaluation.evaluate(page, number: number))
          } else {
            group.addTask { evaluation.evaluate(page, number: number) }
          }
        }
        if let evaluated = try await group.next() { order.add(evaluated) }
        while let page = order.next() { try await run.take(page) }
      } while !order.isFinished
    }
    if let failure { throw failure }
    return try await run.finish()
  }

  /// Large enough that a page's fixed costs vanish, small enough that pages stay in the processor's cache.
  private static let recordsPerPage = 500
}

/// The stages that see all pages, in order, with what they keep.
private struct CheckRun {
  let pipeline: CheckPipeline
  let evaluation: PageEvaluation
  private let delivery: DeliveryStage
  private var comparison: TicketComparison
  private var reviews: ReviewStage
  private var presence: PresenceStage
  private var progress = CheckProgress()
  private var baseline: BaselineComparison

  init(_ pipeline: CheckPipeline) {
    self.pipeline = pipeline
    evaluation = PageEvaluation(pipeline.settings)
    delivery = DeliveryStage(notifiers: pipeline.notifiers)
    comparison = TicketComparison(evaluation)
    reviews = ReviewStage(evaluation)
    presence = PresenceStage(evaluation)
    baseline = BaselineComparison(pipeline.settings)
  }

  mutating func take(_ page: EvaluatedPage) async throws {
    var page = page
    if !pipeline.settings.isPart {
      comparison.compare(&page)
      reviews.count(&page)
    }
    presence.add(page)
    try await pass(on: page)
    pipeline.reportProgress?(progress)
  }

  private mutating func pass(on page: EvaluatedPage) async throws {
    baseline.add(page)
    try pipeline.report?(CheckPipeline.ReportedPage(decisions: page.decisions, findings: page.findings))
    try await delivery.deliver(page.findings)
    progress.add(page)
  }

  /// What only all tickets tell.
  mutating func finish() async throws -> CheckPipeline.Outcome {
    if let due = reviews.finish(fraction: progress.fraction) { try await pass(on: due) }
    if let last = aboutRules() { try await pass(on: last) }
    var summary = progress.summary
    let unused = pipeline.settings.waiverCount - summary.waived.count
    summary.waived += Array(repeating: 0, count: max(0, unused))
    let someUnread = summary.unreadable > 0
    summary.fixed = baseline.fixed(someUnread: someUnread)
    return CheckPipeline.Outcome(
      summary: summary, baseline: baseline.renewed(someUnread: someUnread), unkept: baseline.unkept)
  }

  /// What is to be said of the rules, given all tickets; nil where there is nothing.
  private func aboutRules() -> EvaluatedPage? {
    var page = EvaluatedPage(number: 0, source: "", fraction: progress.fraction)
    page.findings = presence.finish() + WaiverStage(evaluation).finish(used: progress.summary.waived)
    for finding in page.findings { page.summary.count(finding.severity) }
    if pipeline.settings.baseline != nil { page.unkept[.aboutRules] = page.findings.count }
    return page.findings.isEmpty ? nil : page
  }
}
