import ArgumentParser
import CommandOptions
import Diagnostics
import Engine
import FileAccess
import PluginAPI
import Reports
import RuleEvaluator
import WorkingTime

/// `docket check`: every ticket of a store against the rules.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check tickets against the rules.",
    discussion: """
      Findings are shown as text, or written as any number of reports; --notify and docket.yaml hand them to notifiers \
      instead. A check that could not have found anything fails: no rule, no ticket, a pattern that matches no file; \
      a field that rules look at and no ticket has, and a window that could be computed for none, are findings.
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var instant: InstantOption
  @OptionGroup var pluginOptions: PluginOptions
  @OptionGroup var outputs: OutputOptions
  @OptionGroup var baseline: BaselineOptions

  @Option(
    help: ArgumentHelp(
      "A notifier plugin, with settings as name:key=value,key=value; may be repeated.", valueName: "notifier")
  )
  var notify: [String] = []

  @Option(help: "The level from which on findings fail the check: error, warning, info or never.")
  var failOn: FailureLevel = .error

  @Flag(
    help: "Accept that there is no ticket, that none has a field, that a window could be computed for none.")
  var allowEmpty = false

  @Flag(
    help: """
      The tickets are a part of a larger set: say nothing that needs all of them, such as whether a value is unique; an \
      empty part passes.
      """)
  var part = false

  @Option(help: "How many pages of tickets are evaluated at once; default: one a core.")
  var jobs: Int?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if part, baseline.updateBaseline {
      throw ValidationError("--update-baseline needs all tickets, and --part says that these are not all")
    }
  }

  mutating func run() async throws {
    let configuration = try source.configuration()
    let rulebook = try ruleOptions.load(configured: configuration.rules)
    if !rulebook.hasRules, !allowEmpty {
      throw Failure(
        .usage, "\(ruleOptions.folder(configured: configuration.rules)) has no rule",
        hint: "a check against nothing is a mistake, not a pass")
    }
    try outputs.refuseReplacing(
      source.paths + [baseline.baseline].compactMap { $0 },
      in: ruleOptions.folder(configured: configuration.rules))
    let plugins = try pluginOptions.plugins()
    let store = try await plugins.openStore(try source.selection(configuration))
    let selections = try notifierSelections(configuration)
    var notifiers = [any Notifier]()
    for selection in selections { notifiers.append(try await plugins.openNotifier(selection)) }

    var pipeline = CheckPipeline(
      try settings(rulebook, configuration), store: store, notifiers: notifiers)
    let summary = try await run(&pipeline, configuration)
    for (notifier, selection) in zip(notifiers, selections) { try await close(notifier, selection) }
    await store.close()
    try conclude(summary)
  }

  private func settings(
    _ rulebook: Rulebook, _ configuration: EngineConfiguration
  ) throws -> CheckSettings {
    var settings = CheckSettings(
      rulebook, now: try instant.instant(in: rulebook.timeZone),
      language: ruleOptions.language ?? configuration.language ?? rulebook.language,
      jobs: jobs ?? Processors.count)
    settings.baseline = try baseline.read()
    settings.renewsBaseline = baseline.updateBaseline
    settings.isPart = part
    settings.allowsEmpty = allowEmpty
    return settings
  }

  private func notifierSelections(_ configuration: EngineConfiguration) throws(Failure) -> [PluginSelection] {
    var selections = [PluginSelection]()
    for text in notify { selections.append(try SourceOptions.selection(text, option: "--notify")) }
    return selections.isEmpty ? configuration.notifiers : selections
  }

  // MARK: Reports

  /// Text on standard output where nothing else is asked for and nobody else tells of findings.
  private func reports(_ notifiers: [any Notifier]) -> [OutputOptions.Output] {
    if !outputs.all.isEmpty || !notifiers.isEmpty { return outputs.all }
    return [OutputOptions.Output(format: .text, path: "-")]
  }

  /// Runs the stages, with reports going to where they are wanted and a progress bar above it all.
  private func run(
    _ pipeline: inout CheckPipeline, _ configuration: EngineConfiguration
  ) async throws -> ReportSummary {
    let reports = reports(pipeline.notifiers)
    pipeline.settings.writesDecisions = reports.contains { $0.format.holdsDecisions }
    if reports.contains(where: { $0.format != .ndjson }) { pipeline.settings.keepsFindings = true }
    let files = try ReportFiles(
      reports, subject(pipeline.settings, configuration), style: Terminal.tableStyle,
      endsWithReader: reports.count == 1 && pipeline.notifiers.isEmpty && !baseline.updateBaseline)
    let hidesRules = !reports.isEmpty && !reports.contains { $0.format != .ndjson }
    pipeline.report = { page in
      try files.add(decisions: page.decisions, page.findings)
      if hidesRules { Self.tellOfRules(page.findings) }
    }
    let bar = ProgressBar()
    defer { bar.clear() }
    pipeline.reportProgress = { bar.show($0) }
    do {
      let outcome = try await pipeline.run()
      var summary = outcome.summary
      summary.failed = failOn.fails(summary.worst)
      try refuseEmpty(summary)
      try files.finish(summary)
      try baseline.write(outcome.baseline, rulebook: pipeline.settings.rulebook.name)
      bar.clear()
      if let remark = baseline.remark(on: outcome.unkept) { StandardError.write("warning: \(remark)\n") }
      if !reports.contains(where: { $0.path == "-" }) {
        try tell(summary.line(waivers: pipeline.settings.rulebook.reportedWaivers))
      }
      return summary
    } catch let error as PluginError {
      throw Failure(error)
    }
  }

  /// A line on standard output; nothing depends on whether somebody reads it.
  private func tell(_ line: String) throws {
    do throws(Failure) { try StandardOutput.write(line + "\n") } catch {
      if !error.isBrokenPipe { throw error }
    }
  }

  /// What is about no ticket, where only lines of tickets are written.
  private static func tellOfRules(_ findings: [ReportedFinding]) {
    for finding in findings where finding.subject.isEmpty {
      let hint = finding.hint.map { "  = \($0)\n" } ?? ""
      StandardError.write("\(finding.severity.rawValue): \(finding.rule): \(finding.message)\n\(hint)")
    }
  }

  private func subject(
    _ settings: CheckSettings, _ configuration: EngineConfiguration
  ) -> ReportSubject {
    let rulebook = settings.rulebook
    var subject = ReportSubject(
      .check, version: Release.version, rulebook: rulebook.identity,
      title: rulebook.title.text(in: settings.language) ?? rulebook.name,
      folder: ruleOptions.folder(configured: configuration.rules),
      language: Language(tag: settings.language), instant: settings.now.text(in: rulebook.timeZone),
      rules: rulebook.reportedRules(language: settings.language), waivers: rulebook.reportedWaivers,
      failsFrom: failOn.severity)
    subject.hasBaseline = settings.baseline != nil
    subject.startFolders = WorkingFolder.names
    return subject
  }

  private func close(_ notifier: any Notifier, _ selection: PluginSelection) async throws(Failure) {
    do {
      try await notifier.close()
    } catch {
      throw Failure(error, of: selection.plugin)
    }
  }

  private func refuseEmpty(_ summary: ReportSummary) throws(Failure) {
    if summary.tickets + summary.unreadable > 0 || allowEmpty || part { return }
    throw Failure(
      .usage, "there was no ticket to check", hint: "a check of nothing is a mistake, not a pass")
  }

  /// Ends with the exit code that the summary means.
  private func conclude(_ summary: ReportSummary) throws {
    if summary.failed { throw ExitStatus.findings }
  }
}

extension Rulebook {
  /// Whether there is anything that a ticket could break.
  fileprivate var hasRules: Bool {
    !(tables.isEmpty && windows.isEmpty && requirements.isEmpty && checks.isEmpty && reviews.isEmpty)
      || workflow != nil
  }
}

extension Terminal {
  /// How tables look on standard output.
  fileprivate static var tableStyle: TableStyle {
    TableStyle(
      usesColor: usesColor(.output),
      width: StandardStream.output.isTerminal ? StandardStream.output.columns : nil)
  }
}
