import Diagnostics
import LocatedYAML
import RuleSyntax

/// A stretch of a rule file whose meaning is known from where it stands.
struct Occurrence {
  enum Content {
    /// A key of the language, or what stands in the place of one; with the keys beside it.
    case key(Construct, Construct.Key?, siblings: [String])
    /// A key of a `when:` map, of a row or of `otherwise`: an input or an output.
    case column(TableScope?, siblings: [String], isOutput: Bool)
    /// A name that is given here, with what stands behind it.
    case definition(NameKind, owner: String, value: Node?)
    case use(NameKind)
    /// One value of an input or an output.
    case value(of: String)
    case word([String])
    case boolean
    case text(Notation)
    /// A whole condition in CEL.
    case expression
    /// A whole template with `{placeholders}`.
    case template
    /// An id that a test mentions.
    case mention
  }

  var text: String
  var place: Place
  var content: Content
  /// What it stands in, for people: "window confirm"; empty for nothing that has a name.
  var item: String
}

/// The columns of the table in which something stands.
struct TableScope {
  var name: String
  var inputs: [String]
  var outputs: [String]
}

/// A name within the names that it must differ from.
struct Symbol: Hashable {
  /// "field", "id", "calendar", "table", or "value:" and the name of a field or decision.
  var space: String
  var name: String
}
