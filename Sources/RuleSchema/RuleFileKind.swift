public import RuleSyntax

/// The kinds of files that people write, each with a schema of its own.
public enum RuleFileKind: String, CaseIterable, Sendable {
  /// A rule file.
  case rules
  /// A file of days off that a calendar names.
  case holidays

  /// What the file's document is.
  public var shape: Shape {
    switch self {
    case .rules: .mapping(.ruleFile)
    case .holidays:
      .oneOf([.mapping(.holidayFile), .list(.oneOf([.text(.dateRange), .mapping(.holiday)]))])
    }
  }

  var title: String {
    switch self {
    case .rules: "Docket rule file, format 1"
    case .holidays: "Docket holiday file"
    }
  }
}
