public import Diagnostics
import RuleAnalysis
public import WorkingTime

/// A rulebook's folder, read, compiled and analysed: what `docket lint` and editors show.
public struct RulebookReview: Sendable {
  public let loaded: LoadedRulebook
  /// The messages of loading, and those of the analysis where the rules load; by place.
  public let diagnostics: [Diagnostic]

  /// - Parameters:
  ///   - edited: texts in place of the folder's files of these paths.
  ///   - today: the day from which on calendars must have holidays; targets are compared in its year, and waivers
  ///     must not have ended.
  public init(_ folder: RulebookFolder, edited: [String: SourceText] = [:], today: CivilDate) {
    let loaded = LoadedRulebook(folder, edited: edited, today: today)
    var found = loaded.diagnostics
    if let rulebook = loaded.rulebook {
      found += RuleAnalysis.analyse(rulebook, sources: loaded.sources, year: today.year, today: today)
    }
    self.loaded = loaded
    diagnostics = found.sortedByPlace()
  }

  fileprivate var errorCount: Int { diagnostics.count { $0.severity == .error } }

  /// Whether rules no longer load, or have more errors.
  fileprivate func isWorse(than other: RulebookReview) -> Bool {
    loaded.rulebook == nil && other.loaded.rulebook != nil || errorCount > other.errorCount
  }
}

/// The fixes that a rulebook's messages offer, made one round after the other until there are no more.
///
/// In memory: the files are written by whoever asks. A fix after which the rules have more errors is not made.
public struct RulebookFixes: Sendable {
  /// What was done, in order.
  public private(set) var made: [Fix] = []
  /// What would have made things worse.
  public private(set) var refused: [Fix] = []
  /// The files that changed.
  public private(set) var edited: [String: SourceText] = [:]
  /// The rulebook with all fixes.
  public private(set) var review: RulebookReview

  private let folder: RulebookFolder
  private let today: CivilDate

  /// A round may show what the one before hid, as removing a row leaves an input without use.
  private static let roundLimit = 20

  public init(_ folder: RulebookFolder, today: CivilDate) {
    (self.folder, self.today) = (folder, today)
    review = RulebookReview(folder, today: today)
    for _ in 0..<Self.roundLimit {
      let fixes = review.diagnostics.compatibleFixes.filter { !refused.contains($0) }
      if fixes.isEmpty { return }
      if make(fixes) { continue }
      // One of them does harm: the first that does none is made, and the rest is looked at anew.
      guard let fix = fixes.first(where: { make([$0]) }) else {
        refused += fixes
        return
      }
      refused += fixes.prefix { $0 != fix }
    }
  }

  /// Whether they were made.
  private mutating func make(_ fixes: [Fix]) -> Bool {
    var files = edited
    let edits = fixes.flatMap(\.edits)
    for path in Set(edits.map(\.place.file)) {
      guard let source = review.loaded.sources.first(where: { $0.path == path })?.applying(edits) else {
        return false
      }
      files[path] = source
    }
    let next = RulebookReview(folder, edited: files, today: today)
    if next.isWorse(than: review) { return false }
    made += fixes
    (edited, review) = (files, next)
    return true
  }
}
