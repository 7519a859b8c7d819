import ArgumentParser
import CommandOptions
import Diagnostics
import Engine
import FileAccess
import PluginAPI
import RuleEvaluator
import Synchronization
import WorkingTime

/// `docket check`: every ticket of a store against the rules.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check tickets against the rules.",
    discussion: """
      Findings are shown by the notifiers: the console, unless --notify or docket.yaml say otherwise. \
      With --format json the decisions are written instead, one JSON line a ticket.
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var instant: InstantOption
  @OptionGroup var pluginOptions: PluginOptions

  @Option(
    help: ArgumentHelp(
      "A notifier plugin, with settings as name:key=value,key=value; may be repeated.", valueName: "notifier")
  )
  var notify: [String] = []

  @Option(help: "What is written to standard output: text (findings) or json (decisions).")
  var format: Format = .text

  @Option(
    help: ArgumentHelp("Write the decisions to a file rather than to standard output.", valueName: "file"))
  var output: String?

  @Option(help: "The level from which on findings fail the check: error, warning, info or never.")
  var failOn: FailureLevel = .error

  @Option(help: "How many pages of tickets are evaluated at once; default: one a core.")
  var jobs: Int?

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if output != nil, format != .json { throw ValidationError("--output needs --format json") }
  }

  mutating func run() async throws {
    let configuration = try source.configuration()
    let rulebook = try ruleOptions.load(configured: configuration.rules)
    let now = try instant.instant(in: rulebook.timeZone)
    let plugins = try pluginOptions.plugins()
    let store = try await plugins.openStore(try source.selection(configuration))
    let selections = try notifierSelections(configuration)
    var notifiers = [any Notifier]()
    for selection in selections { notifiers.append(try await plugins.openNotifier(selection)) }

    var pipeline = CheckPipeline(
      rulebook: rulebook, store: store, notifiers: notifiers, now: now,
      language: ruleOptions.language ?? configuration.language ?? rulebook.language,
      jobs: jobs ?? Processors.count)
    let summary = try await run(&pipeline)
    for (notifier, selection) in zip(notifiers, selections) { try await close(notifier, selection) }
    await store.close()
    try conclude(summary)
  }

  private func notifierSelections(_ configuration: EngineConfiguration) throws(Failure) -> [PluginSelection] {
    var selections = [PluginSelection]()
    for text in notify { selections.append(try SourceOptions.selection(text, option: "--notify")) }
    if !selections.isEmpty { return selections }
    if !configuration.notifiers.isEmpty { return configuration.notifiers }
    let console = PluginSelection(plugin: "console", configuration: PluginConfiguration(instance: "console"))
    return format == .text ? [console] : []
  }

  /// Runs the stages, with decisions going to where they are wanted and a progress bar above it all.
  private func run(_ pipeline: inout CheckPipeline) async throws -> CheckSummary {
    let bar = ProgressBar()
    defer { bar.clear() }
    pipeline.reportProgress = { bar.show($0) }
    var decisions: DecisionFile?
    if format == .json {
      let file = try DecisionFile(output ?? "-")
      pipeline.writeDecisions = { try file.write($0) }
      decisions = file
    }
    do {
      let summary = try await pipeline.run()
      try decisions?.finish()
      return summary
    } catch let error as PluginError {
      throw Failure(error)
    }
  }

  private func close(_ notifier: any Notifier, _ selection: PluginSelection) async throws(Failure) {
    do {
      try await notifier.close()
    } catch {
      throw Failure(error, of: selection.plugin)
    }
  }

  /// Says what was counted, and ends with the exit code that it means.
  private func conclude(_ summary: CheckSummary) throws {
    if format == .text { try StandardOutput.write(Self.text(summary) + "\n") }
    if summary.tickets + summary.unreadable == 0 {
      throw Failure(
        .usage, "there was no ticket to check", hint: "a check of nothing is a mistake, not a pass")
    }
    if failOn.fails(summary.worst) { throw ExitStatus.findings }
  }

  static func text(_ summary: CheckSummary) -> String {
    var text = "\(counted(summary.tickets, "ticket")): "
    if summary.worst == nil { return text + "nothing found" }
    let counts = [counted(summary.errors, "error"), counted(summary.warnings, "warning")]
    text += counts.joined(separator: ", ") + " in \(counted(summary.ticketsWithFindings, "ticket"))"
    if summary.unreadable > 0 { text += "; \(counted(summary.unreadable, "record")) could not be read" }
    return text
  }
}

/// The file or stream that decisions are written to.
final class DecisionFile: Sendable {
  private let writer: Mutex<FileWriter>

  init(_ path: String) throws(Failure) {
    do {
      writer = Mutex(try FileWriter(path))
    } catch {
      throw Failure(error)
    }
  }

  func write(_ bytes: [UInt8]) throws {
    do {
      try writer.withLock { try $0.write(bytes) }
    } catch let error as FileError {
      throw Failure(error, status: .failure)
    }
  }

  /// Makes the file visible.
  func finish() throws {
    do {
      try writer.withLock { try $0.commit() }
    } catch let error as FileError {
      throw Failure(error, status: .failure)
    }
  }
}
