import ArgumentParser
import CommandOptions
import Diagnostics
import Engine
import FileAccess
import RuleEvaluator
import RuleTesting

/// `docket test`: do the rules decide as their tests say?
struct TestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the tests that stand beside the rules.",
    discussion: """
      Tests are *.test.yaml files in the rulebook's folder; docs/testing.md says how they are written. With --mutate the \
      rules are changed in one place at a time, to see whether a test notices.

      Exit codes: 0 all as expected; 1 a test failed, or less was seen than asked for; 2 a test or a rule cannot be read, \
      or there is no test.
      """)

  @Argument(help: "The rulebook's folder.")
  var rules: String = RuleOptions.defaultFolder

  @Option(help: ArgumentHelp("Run only cases whose name or file contains this.", valueName: "text"))
  var filter: String?

  @Flag(help: "Show which rows, cells and conditions the tests have seen.")
  var coverage = false

  @OptionGroup(title: "Thresholds") var thresholds: ThresholdOptions

  @Flag(help: "Change the rules in one place at a time, and list the changes that no test notices.")
  var mutate = false

  @Option(help: ArgumentHelp("Try only so many mutants, evenly spread.", valueName: "count"))
  var mutateLimit: Int?

  @Option(help: ArgumentHelp("Fail when more mutants survive that nobody has explained.", valueName: "count"))
  var maxSurvivors: Int?

  @Option(help: "How many mutants are tried at once; default: one a core.")
  var jobs: Int?

  @Option(help: ArgumentHelp("Write the results as JUnit XML to a file.", valueName: "file"))
  var junit: String?

  @Flag(help: "Write the results as JSON instead of text.")
  var json = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if let mutateLimit, mutateLimit < 1 { throw ValidationError("--mutate-limit must be at least 1") }
    if mutateLimit != nil || maxSurvivors != nil, !mutate {
      throw ValidationError("--mutate-limit and --max-survivors need --mutate")
    }
  }

  mutating func run() async throws {
    let (rulebook, ruleSources) = try load()
    let files = try testFiles()
    let suite = TestSuite(files, of: rulebook, filter: filter)
    try check(suite, files)
    let run = TestRun(suite)
    let text = TestText(sources: ruleSources + files, usesColor: Terminal.usesColor(.output))
    if let junit { try FileWriter.write(text.junit(run, of: suite), to: junit) }
    let mutation = await mutation(of: suite, run)
    if json {
      try StandardOutput.write(TestJSON(suite).text(run, coverage: showsCoverage, mutation: mutation))
    } else {
      try StandardOutput.write(text.text(run, of: suite))
      if showsCoverage { try StandardOutput.write("\n" + CoverageText().text(run.coverage)) }
      if let mutation {
        let words = MutationText(sources: files, usesColor: Terminal.usesColor(.output))
        try StandardOutput.write("\n" + words.text(mutation))
      }
    }
    try conclude(run, mutation)
  }

  private var showsCoverage: Bool { coverage || !thresholds.thresholds.isEmpty }

  // MARK: Reading

  private func load() throws(Failure) -> (Rulebook, [SourceText]) {
    let loaded = try RuleOptions.load(rules)
    if !loaded.diagnostics.isEmpty { Self.show(loaded.diagnostics, loaded.sources) }
    if let rulebook = loaded.rulebook { return (rulebook, loaded.sources) }
    let errors = loaded.diagnostics.count { $0.severity == .error }
    throw Failure(.usage, "\(rules) has \(counted(errors, "error")); no test was run")
  }

  private func testFiles() throws(Failure) -> [SourceText] {
    do {
      return try TestFolder(rules).files
    } catch {
      throw Failure(error)
    }
  }

  /// Tests that cannot be run, and no tests, are no pass.
  private func check(_ suite: TestSuite, _ files: [SourceText]) throws(Failure) {
    if !suite.diagnostics.isEmpty {
      Self.show(suite.diagnostics, files)
      let errors = suite.diagnostics.count { $0.severity == .error }
      if errors > 0 { throw Failure(.usage, "the tests have \(counted(errors, "error")); none was run") }
    }
    if !suite.cases.isEmpty { return }
    if let filter, !files.isEmpty {
      throw Failure(
        .usage, "no test's name or file contains '\(filter)'", hint: "run without --filter to see all")
    }
    throw Failure(
      .usage, "there is no test below \(rules)", hint: "tests stand in files whose names end in .test.yaml")
  }

  private static func show(_ diagnostics: [Diagnostic], _ sources: [SourceText]) {
    StandardError.write(
      TextRenderer(sources: sources, usesColor: Terminal.usesColor(.error)).render(diagnostics))
  }

  // MARK: Running

  /// Mutants tell something only where the rules themselves pass.
  private func mutation(of suite: TestSuite, _ run: TestRun) async -> MutationRun? {
    guard mutate, run.failures == 0 else { return nil }
    let path = rules
    return await MutationRun(suite, limit: mutateLimit, jobs: jobs ?? Processors.count) { variants in
      (try? LoadedRulebook.expressions(of: variants, in: path)) ?? []
    }
  }

  private func conclude(_ run: TestRun, _ mutation: MutationRun?) throws {
    var complaints = thresholds.thresholds.shortfalls(of: run.coverage)
    if let maxSurvivors, let mutation, mutation.unexplained > maxSurvivors {
      complaints.append(
        "\(counted(mutation.unexplained, "mutant")) survived unexplained, at most \(maxSurvivors) may")
    }
    if mutate, mutation == nil { complaints.append("mutants are tried once all tests pass") }
    for complaint in complaints { StandardError.write("error: \(complaint)\n") }
    if run.failures > 0 || !complaints.isEmpty { throw ExitStatus.findings }
  }
}

/// How much of the rules tests must have seen.
struct ThresholdOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Fail when fewer of the rows have hit, in percent.", valueName: "percent"))
  var minRowCoverage: Int?

  @Option(help: ArgumentHelp("Fail when fewer of the cells have held and not held.", valueName: "percent"))
  var minCellCoverage: Int?

  @Option(
    help: ArgumentHelp("Fail when fewer of the conditions have held and not held.", valueName: "percent"))
  var minConditionCoverage: Int?

  func validate() throws {
    for percent in [minRowCoverage, minCellCoverage, minConditionCoverage] {
      if let percent, !(0...100).contains(percent) { throw ValidationError("a coverage is 0 to 100 percent") }
    }
  }

  var thresholds: CoverageThresholds {
    CoverageThresholds(rows: minRowCoverage, cells: minCellCoverage, conditions: minConditionCoverage)
  }
}
