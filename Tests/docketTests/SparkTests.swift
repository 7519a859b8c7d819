import Foundation
import Testing

/// The example of docs/scale.md, in local mode. Needs java and the Python library pyspark.
@Suite(
  "A check on Apache Spark", .enabled(if: Spark.python != nil, "java and python3 with pyspark are not here"))
struct SparkTests {
  private static let asOf = "2026-10-12T10:00:00+08:00"

  @Test("decides as a single run does, line by line, whichever partition a ticket is in", arguments: [1, 5])
  func partitions(count: Int) throws {
    let folder = TemporaryFolder()
    try Self.writeTickets(to: "\(folder.path)/tickets.ndjson")
    let single = try Program.shell(
      "docket check - --part --format ndjson --rules '\(Spark.rules)' --as-of \(Self.asOf) <tickets.ndjson",
      in: folder.path)
    let run = try Spark.run(
      ["--as-of", Self.asOf, "--partitions", "\(count)", "tickets.ndjson", "decisions"], in: folder)
    #expect(run.status == 1, "\(run.errors.suffix(2000))")
    #expect(run.output.hasSuffix(" with errors, \(count) partitions\n"))
    #expect(try Spark.lines(of: "\(folder.path)/decisions") == single.output)
    // Lines of records that cannot be read are counted from the first ticket of all.
    let unreadable = single.output.split(separator: "\n").filter { $0.contains(#""at":"stdin:"#) }
    #expect(unreadable.count == 2)
  }

  @Test("decides as a whole run does, but for what needs all tickets")
  func whole() throws {
    let folder = TemporaryFolder()
    try Self.writeTickets(to: "\(folder.path)/tickets.ndjson")
    func check(_ option: String) throws -> [Substring] {
      try Program.shell(
        "docket check - \(option) --format ndjson --rules '\(Spark.rules)' --as-of \(Self.asOf) <tickets.ndjson",
        in: folder.path
      ).output.split(separator: "\n")
    }
    let (part, whole) = (try check("--part"), try check(""))
    let further = whole.filter { !part.contains($0) }
    #expect(whole.filter(part.contains) == part)
    // One id comes twice in the samples, five more by what is added here.
    #expect(further.count == 6 && further.allSatisfy { $0.contains(#""rule":"fields.id""#) })
  }

  @Test("fails where a partition cannot be checked")
  func failure() throws {
    let folder = TemporaryFolder()
    try Self.writeTickets(to: "\(folder.path)/tickets.ndjson")
    let run = try Spark.run(["--as-of", "someday", "tickets.ndjson", "decisions"], in: folder)
    // What docket says of it stands among what Spark says.
    #expect(run.status != 0 && run.output == "")
    #expect(run.errors.contains("someday") && run.errors.contains("exited with error code 2"))
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/decisions/_SUCCESS"))
  }

  /// The samples, records that cannot be read between them, and some of the samples again at the end.
  private static func writeTickets(to path: String) throws {
    let samples = try String(contentsOfFile: "\(Spark.rules)/samples/tickets.ndjson", encoding: .utf8)
      .split(separator: "\n")
    let tickets = ["{"] + samples.prefix(12) + ["", "[]"] + samples.dropFirst(12) + samples.prefix(5)
    try Data((tickets.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
  }
}

private enum Spark {
  static let rules = "\(Folders.repository)/rules/technical-service"

  static let python = EditorPrograms.path(of: "java").flatMap { _ in
    EditorPrograms.firstPython(that: "import pyspark")
  }

  /// Runs the example with one worker a core of this machine, on loopback.
  static func run(_ arguments: [String], in folder: TemporaryFolder) throws -> Program.Result {
    let python = try #require(python)
    let script = "\(Folders.repository)/examples/spark/check_partitions.py"
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try EditorPrograms.run(
      python, [script, "--rules", rules] + arguments,
      [
        "PATH": "\(Program.folder):\(path)", "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": python,
        "PYTHONDONTWRITEBYTECODE": "1",
      ], folder: folder)
  }

  /// The text files that Spark wrote, one behind the other.
  static func lines(of folder: String) throws -> String {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("part-") }.sorted()
      .map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }.joined()
  }
}
