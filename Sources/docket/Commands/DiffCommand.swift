import ArgumentParser
import CommandOptions
import Diagnostics
import Engine
import FileAccess
import PluginAPI
import Reports
import RuleDifference
import RuleEvaluator
import WorkingTime

/// `docket diff`: what two rulebooks say differently, about tickets and in their tables.
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two rulebooks: what changes for tickets, and where tables differ.",
    discussion: """
      OLD and NEW are folders with rules, or git revisions: main:rules/desk is a folder of a revision, HEAD~1 alone the \
      rulebook's folder (--rules) there. With tickets each of them is decided by both at the same instant. In any case the \
      tables are compared over all values of their inputs, and the other rules by their ids.

      Exit codes: 0, whatever differs; 1 with --fail-on, if something does; 2 usage, configuration, rules that do not load, \
      or no ticket at all; 3 a plugin or the engine failed.
      """)

  @Argument(help: "The rules as they were: a folder, or a git revision.") var old: String
  @Argument(help: "The rules as they are to be: a folder, or a git revision.") var new: String

  @OptionGroup var source: SourceOptions
  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var instant: InstantOption
  @OptionGroup var pluginOptions: PluginOptions

  @Option(help: ArgumentHelp("Tickets to be replayed, as the paths; may be repeated.", valueName: "path"))
  var tickets: [String] = []

  @Option(
    help:
      "What is written to standard output: text, markdown (for a review), ndjson (lines), or json (an array of these)."
  )
  var format: Format = .text

  @Option(
    help:
      "The most tickets, regions of a table and details of a rule that are shown; ndjson and json show all.")
  var limit = 10

  @Option(
    help:
      "What ends with exit code 1: never, change (anything), tickets (any of them changes), breaches (more)."
  )
  var failOn: FailOn = .never

  @Option(help: "How many pages of tickets are replayed at once; default: one a core.")
  var jobs: Int?

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, markdown, json, ndjson }
  enum FailOn: String, ExpressibleByArgument, CaseIterable { case never, change, tickets, breaches }

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if limit < 0 { throw ValidationError("--limit must not be negative") }
  }

  mutating func run() async throws {
    source.paths += tickets
    let configuration = try source.configuration()
    let folder = ruleOptions.folder(configured: configuration.rules)
    let before = try rulebook(old, folder)
    let after = try rulebook(new, folder)
    let now = try instant.instant(in: after.timeZone)
    let language = ruleOptions.language ?? configuration.language ?? after.language
    // Tickets that nobody names are not replayed, even where docket.yaml has a store.
    let isReplayed = !source.paths.isEmpty || source.store != nil || source.config != nil
    let lines = DifferenceLines(format)
    let replay =
      isReplayed ? try await replay(before, after, configuration, now, language, lines) : nil
    let report = DifferenceReport(
      before: old, after: new, RulebookDifference(old: before, new: after, now: now), replay: replay?.summary,
      examples: replay?.examples ?? [], zones: (before.timeZone, after.timeZone), now: now,
      language: Language(tag: language), limit: limit)
    try write(report, lines)
    if fails(report) { throw ExitStatus.findings }
  }

  // MARK: Rules

  /// The rules of a folder, or of a revision.
  private func rulebook(_ name: String, _ folder: String) throws(Failure) -> Rulebook {
    let loaded: LoadedRulebook
    if kindOfFile(name) != nil {
      loaded = try RuleOptions.load(name, honoringWaivers: !ruleOptions.noWaivers)
    } else {
      loaded = LoadedRulebook(
        try GitRepository(lookingFor: name).rulebook(name, folder: folder),
        honoringWaivers: !ruleOptions.noWaivers)
    }
    if let rulebook = loaded.rulebook { return rulebook }
    let errors = loaded.diagnostics.filter { $0.severity == .error }
    let messages = TextRenderer(sources: loaded.sources, usesColor: Terminal.usesColor(.error))
    StandardError.write(messages.render(errors))
    throw Failure(.usage, "\(name) has \(counted(errors.count, "error")); nothing was compared")
  }

  // MARK: Tickets

  private func replay(
    _ before: Rulebook, _ after: Rulebook, _ configuration: EngineConfiguration, _ now: Instant,
    _ language: String, _ lines: DifferenceLines?
  ) async throws -> Replay {
    let store = try await pluginOptions.plugins().openStore(try source.selection(configuration))
    var pipeline = ReplayPipeline(
      DecisionComparison(old: before, new: after), store: store, now: now, language: language,
      exampleLimit: lines == nil ? limit : 0, jobs: jobs ?? Processors.count)
    if let lines { pipeline.writeChanges = { try lines.write($0) } }
    let bar = ProgressBar()
    defer { bar.clear() }
    pipeline.reportProgress = { bar.show($0) }
    do {
      let replay = try await pipeline.run()
      await store.close()
      return try Self.checked(replay)
    } catch let error as PluginError {
      throw Failure(error)
    }
  }

  private static func checked(_ replay: Replay) throws(Failure) -> Replay {
    for record in replay.unreadable { StandardError.write("\(record.place): \(record.message)\n") }
    if replay.summary.tickets + replay.summary.unreadable == 0 {
      throw Failure(.usage, "there was no ticket to replay", hint: "a replay of nothing is a mistake")
    }
    return replay
  }

  // MARK: Results

  private func write(_ report: DifferenceReport, _ lines: DifferenceLines?) throws {
    if let lines {
      try lines.write(Array(DifferenceJSON().text(report.replay, report.difference).utf8))
      try lines.end()
    } else {
      try StandardOutput.write(format == .markdown ? report.markdown : report.text)
    }
  }

  private func fails(_ report: DifferenceReport) -> Bool {
    let changed = report.replay?.changed ?? 0
    return switch failOn {
    case .never: false
    case .change: changed > 0 || !report.difference.isEmpty
    case .tickets: changed > 0
    case .breaches: report.replay.map { $0.breaches.more > $0.breaches.fewer } ?? false
    }
  }
}
