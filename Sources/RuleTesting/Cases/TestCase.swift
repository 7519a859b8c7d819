public import Diagnostics
import TicketModel
import WorkingTime

/// One ticket and what is expected of the decisions about it; a test has one, or one for each combination of values.
public struct TestCase: Sendable {
  /// The test's name, and in brackets what sets this case apart.
  public let name: String
  /// Of the test's name.
  public let place: Place
  let id: String
  let ticket: Ticket
  /// Further tickets, which reviews of frequent problems count.
  let others: [Ticket]
  /// In the order in which they were written.
  let moments: [Moment]

  var hasSeveralInstants: Bool { Set(moments.map(\.at)).count > 1 }

  /// What is expected at one instant.
  struct Moment: Sendable {
    var at: Instant
    var expectation: Expectation
  }
}
