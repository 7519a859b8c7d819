public import Diagnostics
public import FileAccess
import RuleCompiler
public import RuleEvaluator

/// A rulebook's folder, read and compiled: the rules, or what is wrong with them.
public struct LoadedRulebook: Sendable {
  /// Nil where a rule has an error.
  public let rulebook: Rulebook?
  /// All messages of all files, by place.
  public let diagnostics: [Diagnostic]
  /// The files that messages quote.
  public let sources: [SourceText]
  /// The index in the rulebook's expressions of the one that was tried.
  public let trial: Int?

  /// Reads the folder at `path`, or the one rule file there.
  ///
  /// - Parameter expression: an expression to be tried out with the rules; messages about it name its path.
  /// - Throws: the folder or one of its rule files cannot be read.
  public init(_ path: String, trying expression: SourceText? = nil) throws(FileError) {
    let folder = try RulebookFolder(path)
    let zones = SystemTimeZones()
    let compilation = RulebookCompiler(
      files: folder.rules, resource: { name in try? folder.resource(name) },
      timeZone: { zones.rules(for: $0) }
    ).compile(trying: expression)
    rulebook = compilation.rulebook
    diagnostics = compilation.diagnostics.sortedByPlace()
    sources = folder.rules + compilation.resources + (expression.map { [$0] } ?? [])
    trial = compilation.trial
  }
}
