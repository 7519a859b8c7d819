public import Diagnostics

/// Reads the files of one rulebook.
public enum RulebookSyntax {
  /// All that `files` declare, and everything that is wrong with their syntax. The files stand in path order; those
  /// whose names end in `.test.yaml` are not among them.
  public static func parse(files: [SourceText]) -> (rulebook: RulebookDeclaration, diagnostics: [Diagnostic])
  {
    (RulebookDeclaration(), [])
  }
}

/// Reads the rows of a table from a CSV file (RFC 4180).
public enum CSVTableSyntax {
  /// The rows that `source` holds; `table` has the inputs and outputs that its header names.
  public static func parse(
    _ source: SourceText, for table: DecisionTableDeclaration, into diagnostics: inout [Diagnostic]
  ) -> [RowDeclaration] { [] }
}

/// Reads a file of days off that a calendar names.
public enum HolidayFileSyntax {
  public static func parse(_ source: SourceText, into diagnostics: inout [Diagnostic])
    -> HolidayFileDeclaration
  {
    HolidayFileDeclaration()
  }
}
