import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("A check from standard input to standard output")
struct StreamTests {
  private static let common = "--rules small --as-of 2026-10-12T10:00:00+08:00"

  @Test(
    "of a source without end is over once the reader has read enough, in silence", .timeLimit(.minutes(5)),
    arguments: ["", "--format ndjson"], [1, 2])
  func endless(output: String, jobs: Int) throws {
    let workspace = try TemporaryFolder(copyOf: Folders.workspace)
    let check = "docket check - \(Self.common) \(output) --jobs \(jobs) 2>errors; echo $? >status"
    let result = try Program.shell(
      #"yes '{"status": "open"}' | { \#(check); } | head -1"#, in: workspace.path)
    // The first line about the first ticket, which has no id.
    #expect(result.output.hasPrefix(output.isEmpty ? "stdin:1\n" : #"{"ticket":null,"#))
    #expect(result.output.split(separator: "\n").count == 1)
    #expect(try workspace.text("errors") == "")
    #expect(try workspace.text("status") == "0\n")
  }

  @Test(
    "takes no more memory for six times as many tickets", .timeLimit(.minutes(30)),
    arguments: ["text", "ndjson"], [1, 2])
  func memory(format: String, jobs: Int) throws {
    let workspace = try TemporaryFolder(copyOf: Folders.workspace)
    let stream = try StreamingCheck(
      Self.common.split(separator: " ").map(String.init) + ["--format", format, "--jobs", "\(jobs)"],
      in: workspace.path)
    let few = try stream.pass(tickets: 10_000)
    let many = try stream.pass(tickets: 50_000)
    let passed = 50_000 * StreamingCheck.ticket.count
    #expect(stream.finish() == 1)
    // Were only a fifth of the later tickets kept, it would be more.
    #expect(many - few < passed / 5, "\(few) bytes, then \(many)")
  }
}

/// A check that reads what it is given and whose output is read and forgotten.
private final class StreamingCheck {
  /// Without an id, because values that must be unique are kept; 700 bytes, with a finding.
  static let ticket = Data(
    (#"{"status": "open", "urgency": "high", "contact": "desk", "remark": "\#(String(repeating: "x", count: 600))"}"#
      + "\n").utf8)

  private let process: Process
  private let input = Pipe()
  private let output = Pipe()

  init(_ options: [String], in folder: String) throws {
    process = Program.process(Program.path, ["check", "-"] + options, in: folder)
    process.standardInput = input
    process.standardOutput = output
    output.fileHandleForReading.readabilityHandler = {
      if $0.availableData.isEmpty { $0.readabilityHandler = nil }
    }
    try process.run()
  }

  /// Hands over so many tickets, and answers the most memory that the check has taken by then, in bytes.
  func pass(tickets: Int) throws -> Int {
    let batch = Data([Data](repeating: Self.ticket, count: 100).joined())
    for _ in 0..<tickets / 100 { try input.fileHandleForWriting.write(contentsOf: batch) }
    // What was written is read but for what the pipe and the pages under way hold.
    let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
    let peak = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(peak.filter(\.isNumber))) * 1024
  }

  /// Ends the input; answers the exit code.
  func finish() -> Int32 {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
