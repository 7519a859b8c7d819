public import Diagnostics
public import FileAccess
import RuleCompiler
public import RuleEvaluator
public import WorkingTime

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
  /// - Parameters:
  ///   - expression: an expression to be tried out with the rules; messages about it name its path.
  ///   - today: the day from which on calendars must have holidays; nil not to ask.
  ///   - honoringWaivers: false for a rulebook without its waivers, which are checked all the same; its identity stays.
  /// - Throws: the folder or one of its rule files cannot be read.
  public init(
    _ path: String, trying expression: SourceText? = nil, today: CivilDate? = nil,
    honoringWaivers: Bool = true
  ) throws(FileError) {
    self.init(try RulebookFolder(path), trying: expression, today: today, honoringWaivers: honoringWaivers)
  }

  /// The same of files that have been read.
  ///
  /// - Parameter edited: texts in place of the folder's files of these paths, such as an editor's or those that fixes make.
  public init(
    _ folder: RulebookFolder, edited: [String: SourceText] = [:], trying expression: SourceText? = nil,
    today: CivilDate? = nil, honoringWaivers: Bool = true
  ) {
    let zones = SystemTimeZones()
    let rules = folder.rules.map { edited[$0.path] ?? $0 }
    let compilation = RulebookCompiler(
      files: rules, resource: { name in edited[name] ?? (try? folder.resource(name)) },
      timeZone: { zones.rules(for: $0) }, today: today,
      honoringWaivers: honoringWaivers
    ).compile(trying: expression)
    rulebook = compilation.rulebook
    diagnostics = compilation.diagnostics.sortedByPlace()
    sources = rules + compilation.resources + (expression.map { [$0] } ?? [])
    trial = compilation.trial
  }
}
