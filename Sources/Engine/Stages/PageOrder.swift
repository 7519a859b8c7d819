/// Brings pages that were evaluated side by side back into their order, and says when another may be fetched.
struct PageOrder {
  private let jobs: Int
  private var issued = 0
  private var passed = 0
  private var waiting: [Int: EvaluatedPage] = [:]
  private var isClosed = false

  init(jobs: Int) { self.jobs = jobs }

  /// Whether a job is free, and not too many finished pages wait for a slow one before them.
  var hasRoom: Bool {
    let unfinished = issued - passed - waiting.count
    return !isClosed && unfinished < jobs && issued - passed < 2 * jobs
  }

  /// Whether the last page has passed.
  var isFinished: Bool { isClosed && passed == issued }

  /// The number of a new page.
  mutating func issue() -> Int {
    issued += 1
    return issued - 1
  }

  /// No page follows.
  mutating func close() { isClosed = true }

  mutating func add(_ page: EvaluatedPage) { waiting[page.number] = page }

  /// The next page in order, if it is there.
  mutating func next() -> EvaluatedPage? {
    guard let page = waiting.removeValue(forKey: passed) else { return nil }
    passed += 1
    return page
  }
}
