import ArgumentParser
import CommandOptions
import Diagnostics
import Engine
import FileAccess
import Reports
import RuleAnalysis
import RuleEvaluator
import WorkingTime

/// `docket lint`: are the rules sound?
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check rule files: what keeps them from loading, and what is wrong with them.",
    discussion: """
      Tables and conditions are compared as exact sets; docs/lint.md tells what is proven. \
      Exit codes: 0 nothing at or above --fail-on; 1 something; 2 rules that do not load.
      """)

  @Argument(help: "The rulebook's folder.")
  var rules: String = RuleOptions.defaultFolder

  @Option(help: "How many messages are shown before the rest is counted.")
  var limit: Int = 50

  @Option(help: "The level from which on messages fail the command: error, warning, info or never.")
  var failOn: FailureLevel = .error

  @Flag(help: "Show notes, too: what is left to 'otherwise', rows that are not looked into.")
  var notes = false

  @Flag(help: "Make the changes that messages offer, such as the nearest name, and write the files.")
  var fix = false

  @Option(help: ArgumentHelp("Tell what a code means, why it matters and how to mend it.", valueName: "code"))
  var explain: String?

  @OptionGroup var instant: InstantOption
  @OptionGroup var outputs: OutputOptions

  mutating func run() throws {
    if let explain { return try explainCode(explain) }
    let today = TimeZoneRules.utc.date(at: try instant.instant(in: .utc))
    let folder = try readFolder()
    try outputs.refuseReplacing([], in: rules)
    let review = try fix ? mend(folder, today) : RulebookReview(folder, today: today)
    try show(review)
    if review.loaded.rulebook == nil { throw ExitStatus.usage }
    if failOn.fails(review.diagnostics.map(\.severity).max()) { throw ExitStatus.findings }
  }

  private func explainCode(_ code: String) throws {
    guard let page = RulePage.page(for: DiagnosticCode(rawValue: code)) else {
      throw Failure(
        .usage, "there is no message with the code '\(code)'",
        hint: suggestion(for: code, among: RulePage.all.map(\.code.rawValue)))
    }
    try StandardOutput.write(page.text)
  }

  private func readFolder() throws(Failure) -> RulebookFolder {
    do {
      return try RulebookFolder(rules)
    } catch {
      throw Failure(error)
    }
  }

  // MARK: Fixes

  /// Makes all fixes, writes the files, and says what was done.
  private func mend(_ folder: RulebookFolder, _ today: CivilDate) throws -> RulebookReview {
    let fixes = RulebookFixes(folder, today: today)
    do throws(FileError) {
      for (path, source) in fixes.edited.sorted(by: { $0.key < $1.key }) {
        var file = try FileWriter("\(folder.path)/\(path)")
        try file.write(source.bytes)
        try file.commit()
      }
    } catch {
      throw Failure(error, status: .failure)
    }
    for fix in fixes.made { try tell(Self.line(fix, "fixed")) }
    for fix in fixes.refused { try tell(Self.line(fix, "not fixed, because it makes things worse")) }
    return fixes.review
  }

  /// On standard output, unless a report goes there that this would break.
  private func tell(_ line: String) throws {
    if outputs.all.contains(where: { $0.path == "-" && $0.format != .text }) {
      StandardError.write(line)
    } else {
      try StandardOutput.write(line)
    }
  }

  private static func line(_ fix: Fix, _ what: String) -> String {
    let place = fix.edits.first.map { "\($0.place.lineReference): " } ?? ""
    return "\(place)\(what): \(fix.title)\n"
  }

  // MARK: What is shown

  /// Text on standard output unless reports are asked for; then these, and a line of counts where none of them goes there.
  private func show(_ review: RulebookReview) throws {
    let reports = outputs.all.isEmpty ? [OutputOptions.Output(format: .text, path: "-")] : outputs.all
    let lint = LintReport(review, folder: rules, notes: notes, failOn: failOn)
    for output in reports {
      let (text, remark) =
        output.format == .text
        ? (lint.text(limit: max(1, limit), onto: output.path), nil) : lint.report(output.format)
      try FileWriter.write(text, to: output.path)
      StandardError.write(remark: remark, on: output.path)
    }
    if !reports.contains(where: { $0.path == "-" }) { try StandardOutput.write(lint.summaryLine + "\n") }
  }
}
