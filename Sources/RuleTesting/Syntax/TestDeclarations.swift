import Diagnostics
import LocatedYAML

/// What one test file declares, with names not yet resolved.
struct TestFileDeclaration {
  var path: String
  var bases: [BaseDeclaration] = []
  /// What holds for tests of the file that do not say it themselves.
  var setting = SettingDeclaration()
  var asOf: Located<String>?
  var tests: [TestDeclaration] = []
  var acceptances: [AcceptanceDeclaration] = []
}

/// A ticket and its history, before anything is expected of it.
struct SettingDeclaration {
  /// The name of a base, or fields; nil where neither was written.
  var given: GivenDeclaration?
  /// Fields on top of `given`.
  var with: [Node.Entry] = []
  /// Fields whose values may be wrong: they are put into the ticket as they are.
  var unchecked: [Node.Entry] = []
  /// From when on the ticket is as given; what offsets count from.
  var start: Located<String>?
  /// The calendar of offsets in working time.
  var calendar: Located<String>?
  var events: [EventDeclaration] = []
}

enum GivenDeclaration {
  case base(Located<String>)
  case fields([Node.Entry])
}

/// A setting under a name, for tests and other bases to begin with.
struct BaseDeclaration {
  var name: Located<String>
  var setting: SettingDeclaration
}

/// Something that happens to the ticket.
struct EventDeclaration {
  var at: Located<String>
  var by: Located<String>?
  var set: [Node.Entry]
}

struct TestDeclaration {
  var name: Located<String>
  var setting: SettingDeclaration
  /// Further tickets, each as fields on top of this one; for reviews of frequent problems.
  var others: [[Node.Entry]] = []
  var asOf: Located<String>?
  /// Each field with the values that it takes, one after the other.
  var each: [(field: Located<String>, values: [Node])] = []
  /// Combinations that are written out, each with what is expected of it.
  var cases: [CaseDeclaration] = []
  var expect: ExpectationDeclaration?
  /// What is expected later on.
  var then: [MomentDeclaration] = []
}

/// One written combination.
struct CaseDeclaration {
  var name: Located<String>?
  var place: Place
  var with: [Node.Entry] = []
  var unchecked: [Node.Entry] = []
  /// What happens after the test's own events.
  var events: [EventDeclaration] = []
  var expect: ExpectationDeclaration?
}

struct MomentDeclaration {
  var at: Located<String>
  var expect: ExpectationDeclaration
}

/// The value of each key of `expect:`, to be read by what the rulebook has.
struct ExpectationDeclaration {
  var priority: Node?
  var row: Node?
  var route: Node?
  var tables: Node?
  var windows: Node?
  var findings: Node?
  var waived: Node?
  var notices: Node?
  var place: Place
}

/// A mutant that no test notices, and why that is no matter.
struct AcceptanceDeclaration {
  /// The id of a mutant; `*` stands for any text.
  var mutant: Located<String>
  var reason: String
}
