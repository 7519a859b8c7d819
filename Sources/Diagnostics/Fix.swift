/// A mechanical change to rule files that mends what a message is about and changes nothing else.
///
/// `docket lint --fix` applies it, and editors offer it.
public struct Fix: Hashable, Sendable {
  /// One stretch of a file and what stands there instead; an empty stretch is an insertion.
  public struct Edit: Hashable, Sendable {
    public var place: Place
    public var replacement: String

    public init(_ place: Place, replacement: String) {
      self.place = place
      self.replacement = replacement
    }
  }

  /// What it does, in the imperative: "replace 'impct' by 'impact'".
  public var title: String
  /// In the order of their places; no two overlap.
  public var edits: [Edit]

  public init(_ title: String, _ edits: [Edit]) {
    self.title = title
    self.edits = edits.sorted { $0.place < $1.place }
  }
}
