import ByteOutput
import PluginAPI
import Reports
import RuleDifference
import RuleEvaluator
import TicketModel
import WorkingTime

/// The stage that decides a page of records under two rulebooks and compares what they say.
struct PageReplay: Sendable {
  let comparison: DecisionComparison
  let now: Instant
  let language: Language
  /// How many changed tickets are kept whole.
  let exampleLimit: Int
  /// Nil where nobody reads the changes.
  let json: ReplayJSON?

  func replay(_ page: TicketPage, number: Int) -> ReplayedPage {
    var result = ReplayedPage(number: number, fraction: page.fraction)
    for flaw in page.malformed { result.add(unreadable: flaw.message, at: page.place(ofLine: flaw.line)) }
    var old = SideReplay(comparison.old, now)
    var new = SideReplay(comparison.new, now)
    var comparer = TicketComparer(comparison)
    var line = ByteWriter()
    for record in page.records {
      do {
        let bytes = page.buffer.span.bytes.extracting(record.range)
        try old.decide(bytes)
        try new.decide(bytes)
      } catch {
        let number = record.line == 0 ? 0 : record.line + error.line - 1
        result.add(unreadable: RecordText.message(of: error, language), at: page.place(ofLine: number))
        continue
      }
      let change = comparer.change(
        before: old.decision, old.ticket, after: new.decision, new.ticket,
        source: page.place(ofLine: record.line))
      guard let change else {
        result.summary.addUnchanged()
        continue
      }
      result.summary.add(change)
      if result.examples.count < exampleLimit { result.examples.append(change) }
      if let json {
        line.removeAll()
        json.write(change, into: &line)
        line.withBytes { result.changes.append(contentsOf: $0) }
      }
    }
    return result
  }
}

/// One rulebook with the ticket at hand.
private struct SideReplay: ~Copyable {
  private var decoder: TicketDecoder
  private var evaluator: Evaluator
  private let now: Instant
  var ticket = Ticket()
  var decision = Decision()

  init(_ rulebook: Rulebook, _ now: Instant) {
    decoder = TicketDecoder(layout: rulebook.layout)
    evaluator = Evaluator(rulebook)
    self.now = now
  }

  mutating func decide(_ record: RawSpan) throws(MalformedRecord) {
    try decoder.decode(record, into: &ticket)
    evaluator.evaluate(ticket, at: now, into: &decision)
  }
}

/// What came of one page.
struct ReplayedPage: Sendable {
  var number: Int
  var fraction: Double?
  var summary = ReplaySummary()
  /// The first tickets that change.
  var examples: [TicketChange] = []
  /// The changes as JSON lines.
  var changes: [UInt8] = []
  var unreadable: [Replay.Unreadable] = []

  mutating func add(unreadable message: String, at place: String) {
    summary.addUnreadable()
    if unreadable.count < Replay.namedLimit {
      unreadable.append(Replay.Unreadable(place: place, message: message))
    }
  }
}
