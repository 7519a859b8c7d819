import PluginAPI
import RuleEvaluator

/// What came of one page of tickets.
struct EvaluatedPage: Sendable {
  /// Which page it is, from 0.
  var number: Int
  /// The decisions as JSON lines; empty where nobody reads them.
  var decisions: [UInt8] = []
  var deliveries: [Delivery] = []
  var summary = CheckSummary()
  /// The values of fields that no two tickets may share.
  var uniqueValues: [UniqueValue] = []
  /// What the tickets add to the counts of reviews.
  var counted: [CountedTicket] = []
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
    /// The id of its ticket.
    var ticket: String
    var line: Int
    /// Which ticket of the page it is.
    var position: Int
    /// Where the ticket's decision ends in the page's decisions.
    var decisionsEnd: Int
    /// Which of the page's deliveries are the ticket's.
    var deliveries: Range<Int>
  }
}
