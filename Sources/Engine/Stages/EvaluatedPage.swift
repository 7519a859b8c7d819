import Diagnostics
import Reports
import RuleEvaluator

/// What came of one page of tickets.
struct EvaluatedPage: Sendable {
  /// Which page it is, from 0.
  var number: Int
  /// The decisions as JSON lines; empty where nobody reads them.
  var decisions: [UInt8] = []
  /// What was found, in the order of the tickets; empty where nobody reads it.
  var findings: [ReportedFinding] = []
  var summary = ReportSummary()
  /// What was found and is not waived, as a baseline keeps it, and how bad it is; empty without a baseline.
  var baselineEntries: [BaselineEntry: Severity] = [:]
  /// What was found and is waived, in the same form.
  var waivedEntries: Set<BaselineEntry> = []
  /// What was found, is not waived, and has no place in a baseline.
  var unkept = UnkeptFindings()
  /// The tickets of the baseline that were read.
  var baselineTickets: Set<String> = []
  /// The values of fields that no two tickets may share.
  var uniqueValues: [UniqueValue] = []
  /// What the tickets add to the counts of reviews.
  var counted: [CountedTicket] = []
  /// What none of its tickets has; nil where nobody asks, or it has none.
  var presence: Presence?
  var source: String
  var fraction: Double?

  /// A ticket that a review counts.
  struct CountedTicket: Sendable {
    var contribution: ReviewContribution
    /// Its id, or where it has none its place.
    var ticket: String
  }

  /// A value that must not come again.
  struct UniqueValue: Sendable {
    var slot: Int
    var text: String
    /// The id of its ticket; nil where it has none.
    var ticket: String?
    var line: Int
    /// Whether something else was found about its ticket.
    var hasFindings: Bool
    /// The waiver of the field that applies to its ticket; -1 for none.
    var waiver: Int
    /// Which ticket of the page it is.
    var position: Int
    /// Where the ticket's decision ends in the page's decisions.
    var decisionsEnd: Int
    /// Where its findings end in the page's.
    var findingsEnd: Int
  }
}
