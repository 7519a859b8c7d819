/// A rulebook as people read it, in chapters; without any markup.
public struct Book: Hashable, Sendable {
  /// A stretch of a line.
  public enum Span: Hashable, Sendable {
    case text(String)
    /// As rules write it.
    case code(String)
    /// Where a rule is told of: its id, its place, and what links to it use.
    case rule(id: String, place: String, anchor: String)
    /// A rule that is told of elsewhere.
    case reference(id: String, anchor: String)
    case lineBreak
  }

  public typealias Line = [Span]

  public struct Table: Hashable, Sendable {
    public var header: [String]
    /// Each with as many cells as the header.
    public var rows: [[Line]]
  }

  public enum Block: Hashable, Sendable {
    case heading(Line)
    case paragraph(Line)
    case items([Line])
    case table(Table)
    case states(StateDiagram)
  }

  public struct Chapter: Hashable, Sendable {
    /// A word that tells it from the other chapters.
    public var name: String
    public var title: String
    public var blocks: [Block]
  }

  /// The language's tag, such as `zh`.
  public var language: String
  public var title: String
  /// What it was made of.
  public var origin: String
  /// The title of the list of chapters.
  public var contents: String
  public var chapters: [Chapter]
}

/// The states of a workflow and the steps between them.
public struct StateDiagram: Hashable, Sendable {
  public struct State: Hashable, Sendable {
    public var label: String
    /// `open`, `paused`, `resolved` or `closed`.
    public var category: String
    /// The indexes of the states that may follow.
    public var next: [Int]
  }

  /// What it shows, for those who do not see it.
  public var title: String
  public var states: [State]
  public var initial: Int
}
