#if Service
  import Foundation
  import TestSupport
  import Testing

  /// The program `killharness`, started and killed again and again.
  @Suite("The service under SIGKILL", .timeLimit(.minutes(30)))
  struct KillTests {
    private static let environment = ProcessInfo.processInfo.environment
    /// How often it is killed; each costs about 0.4 seconds.
    static let kills = environment["DOCKET_KILLS"].flatMap { Int($0) } ?? 20
    static let seed =
      environment["DOCKET_SEED"].flatMap { Int($0) } ?? Int.random(in: 1..<1_000_000)
    /// From the first ticket until the last has fallen due, in milliseconds of the tickets' time.
    private static let span = 9.0 * 3_600_000
    private static let start = 1_772_438_400_000.0
    /// Of a life, in seconds.
    private static let meanLife = 0.4

    /// How fast the tickets' time passes.
    private static let factor = span / 1000 / (Double(max(1, kills)) * meanLife)

    private struct Verdict: Codable {
      var due: Int
      var accepted: Int
      var missing: [String]
      var twice: [String]
      var strange: [String]
      var repeats: Int
      var resolved: Int
      var left: [String]
      var hasty: [String]
      var unhanded: [String]
    }

    @Test("loses no notice and has none accepted twice, while 10,000 tickets change and notifiers fail")
    func nothingIsLost() throws {
      let folder = NSTemporaryDirectory() + "docket-kill-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let lives = try live(in: folder)
      let judge = try Life(
        ["judge", folder, String(Self.seed), String(Self.factor)], output: "\(folder)/verdict")
      judge.process.waitUntilExit()
      let verdict = try JSONDecoder().decode(Verdict.self, from: Data(judge.output.utf8))
      print(
        "seed \(Self.seed): \(Self.kills) kills, \(lives) lives; \(verdict.due) notices were due, \(verdict.accepted) were",
        "accepted, \(verdict.repeats) were handed over again, \(verdict.resolved) were taken back")
      let seed = Comment(rawValue: "DOCKET_SEED=\(Self.seed) DOCKET_KILLS=\(Self.kills)")
      #expect(verdict.due > 40_000, seed)
      #expect(verdict.missing == [], seed)
      #expect(verdict.twice == [], seed)
      #expect(verdict.strange == [], seed)
      #expect(verdict.resolved > 1_000, seed)
      #expect(verdict.left == [], seed)
      #expect(verdict.hasty == [], seed)
      #expect(verdict.unhanded.count <= lives, "\(verdict.unhanded), \(seed)")
    }

    /// Starts it until it ends by itself, and answers how often.
    private func live(in folder: String) throws -> Int {
      var generator = SeededGenerator(seed: Self.seed)
      let factor = Self.factor
      let begin = ContinuousClock.now
      var killed = 0
      for life in 0..<(10 * Self.kills + 100) where !Task.isCancelled {
        let now = Self.start + (ContinuousClock.now - begin) / .milliseconds(1) * factor
        let words = ["run", folder, String(Self.seed), String(life), String(Int64(now)), String(factor)]
        let harness = try Life(words, output: "\(folder)/output")
        if killed < Self.kills {
          let seconds = Double.random(in: 0.02...(2 * Self.meanLife), using: &generator)
          if harness.isRunning(after: seconds) {
            kill(harness.process.processIdentifier, SIGKILL)
            killed += 1
          }
        }
        harness.waitUntilExit()
        // It ends with 9 where a notifier ends it, and prints what should not happen.
        let status = harness.process.terminationStatus
        #expect(status == 0 || status == 9, "\(harness.output)")
        #expect(harness.output == (status == 0 && harness.ended ? "done\n" : ""))
        if harness.ended, status == 0 { return life + 1 }
        if harness.ended, status != 9 { break }
      }
      Issue.record("it did not come to an end by itself")
      return 0
    }
  }

  /// One run of the program, which stands beside the tests.
  private struct Life {
    let process = Process()
    private let path: String

    init(_ words: [String], output: String) throws {
      path = output
      try Data().write(to: URL(filePath: path))
      process.executableURL = URL(filePath: Self.program)
      process.arguments = words
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle(forWritingAtPath: path)
      process.standardError = process.standardOutput
      try process.run()
    }

    var output: String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
    /// Whether it ended by itself, well or not.
    var ended: Bool { process.terminationReason == .exit }

    func isRunning(after seconds: Double) -> Bool {
      let end = ContinuousClock.now + .seconds(seconds)
      while ContinuousClock.now < end {
        if !process.isRunning { return false }
        usleep(2_000)
      }
      return process.isRunning
    }

    /// Kills it once the test's time is over.
    func waitUntilExit() {
      while process.isRunning {
        if Task.isCancelled { kill(process.processIdentifier, SIGKILL) }
        usleep(2_000)
      }
    }

    private static let program: String = {
      let bundle = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      let beside = bundle.appending(path: "killharness").path
      if FileManager.default.isExecutableFile(atPath: beside) { return beside }
      return URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "killharness").path
    }()
  }
#endif
