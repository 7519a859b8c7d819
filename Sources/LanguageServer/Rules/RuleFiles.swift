public import Diagnostics
public import WorkingTime

/// The files of rulebooks as they stand on the disk; documents that are open hide them.
public protocol RuleFiles: Sendable {
  /// The folder of the rulebook to which the file at `path` belongs.
  func folder(of path: String) -> String
  /// The rule files below `folder`, by paths relative to it, in path order; empty where nothing can be read.
  func rules(in folder: String) -> [SourceText]
  /// The tests below `folder`, likewise.
  func tests(in folder: String) -> [SourceText]
  /// Whether a file of that name, relative to a rulebook's folder, is read as rules.
  func holdsRules(_ name: String) -> Bool
  /// Another file that a rule names, by its path relative to `folder`.
  func resource(_ name: String, in folder: String) -> SourceText?
  func timeZone(_ name: String) -> TimeZoneRules?
}
