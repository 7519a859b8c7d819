/// A ticket that shows what a message claims, or why none can be built.
public enum Witness: Hashable, Sendable {
  /// A JSON object that holds the fields that matter, to be pasted into a test.
  case ticket(String)
  /// Why there is none, as a clause: "'age_days' is computed".
  case none(String)

  public var json: String? { if case .ticket(let json) = self { json } else { nil } }
}
