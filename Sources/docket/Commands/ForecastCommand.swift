import ArgumentParser
import CommandOptions
import Engine
import PluginAPI
import Reports
import RuleEvaluator
import WorkingTime

/// `docket forecast`: which windows of a store's tickets will breach, by team.
struct ForecastCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast", abstract: "Foretell which tickets will be late, by team.",
    discussion: """
      Lists the windows that are running and due before --until, most urgent first, in a table per team. Windows that \
      are paused (they wait) and windows that are late already are counted apart. Records that cannot be read are counted \
      and named on standard error.

      Exit codes: 0, whatever will breach; 1 with --fail-on-breach, if anything will or is late now; 2 usage, \
      configuration or rule file, or no ticket at all; 3 a plugin or the engine failed.
      """)

  @OptionGroup var end: EndOption
  @OptionGroup var source: SourceOptions
  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var instant: InstantOption
  @OptionGroup var pluginOptions: PluginOptions

  @Option(
    help:
      "What is written to standard output: text (tables), ndjson (one line a window), or json (an array of these)."
  )
  var format: EventFormat = .text

  @Flag(help: "End with exit code 1 if a window will breach, or is late now.")
  var failOnBreach = false

  @Option(help: "How many pages of tickets are evaluated at once; default: one a core.")
  var jobs: Int?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }

  mutating func run() async throws {
    let configuration = try source.configuration()
    let rulebook = try ruleOptions.load(configured: configuration.rules)
    let now = try instant.instant(in: rulebook.timeZone)
    let end = try end.instant(after: now, in: rulebook.timeZone)
    let language = ruleOptions.language ?? configuration.language ?? rulebook.language
    let store = try await pluginOptions.plugins().openStore(try source.selection(configuration))
    let forecast = try await forecast(
      ForecastPipeline(
        rulebook: rulebook, store: store, from: now, until: end, language: language,
        jobs: jobs ?? Processors.count))
    await store.close()
    try write(forecast, rulebook, language, now, end)
  }

  private func forecast(_ pipeline: ForecastPipeline) async throws(Failure) -> Forecast {
    let bar = ProgressBar()
    defer { bar.clear() }
    var pipeline = pipeline
    pipeline.reportProgress = { bar.show($0) }
    do {
      return try await pipeline.run()
    } catch {
      throw Failure(error)
    }
  }

  private func write(
    _ forecast: Forecast, _ rulebook: Rulebook, _ language: String, _ now: Instant, _ end: Instant
  ) throws {
    for record in forecast.unreadable { StandardError.write("\(record.place): \(record.message)\n") }
    if forecast.tickets + forecast.unreadableCount == 0 {
      throw Failure(.usage, "there was no ticket to look at", hint: "a forecast about nothing is a mistake")
    }
    switch format {
    case .text:
      let text = ForecastText(rulebook, language: language)
      try StandardOutput.write(text.text(forecast, from: now, until: end))
    case .json, .ndjson:
      let lines = ForecastJSON(rulebook).text(forecast, from: now, until: end)
      try StandardOutput.write(format == .json ? JSONArray.document(of: lines) : lines)
    }
    if failOnBreach, forecast.breaches + forecast.late > 0 { throw ExitStatus.findings }
  }
}
