/// A record as people file it: titled parts, each of labels with values or of a table. Without any markup.
public struct Form: Hashable, Sendable {
  /// What stands in a cell.
  public enum Value: Hashable, Sendable {
    case blank
    case text(String)
    /// One below the other.
    case items([String])
    case table(Table)
  }

  public struct Table: Hashable, Sendable {
    public var header: [String]
    /// Each with as many cells as the header.
    public var rows: [[String]]

    public init(header: [String], rows: [[String]]) {
      self.header = header
      self.rows = rows
    }
  }

  public struct Row: Hashable, Sendable {
    public var label: String
    public var value: Value
  }

  public struct Part: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
      case rows([Row])
      case table(Table)
      /// What is said in place of an empty table.
      case note(String)
    }

    public var title: String
    public var content: Content
  }

  /// The language's tag, such as `zh`.
  public var language: String
  public var title: String
  /// What it was made of, and when.
  public var origin: String
  public var parts: [Part]
}
