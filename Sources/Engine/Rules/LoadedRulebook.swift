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

  /// Reads the folder at `path`, or the one rule file there.
  ///
  /// - Throws: the folder or one of its rule files cannot be read.
  public init(_ path: String) throws(FileError) {
    let folder = try RulebookFolder(path)
    let zones = SystemTimeZones()
    let compilation = RulebookCompiler(
      files: folder.rules, resource: { name in try? folder.resource(name) },
      timeZone: { zones.rules(for: $0) }
    ).compile()
    rulebook = compilation.rulebook
    diagnostics = compilation.diagnostics.sortedByPlace()
    sources = folder.rules + compilation.resources
  }
}
