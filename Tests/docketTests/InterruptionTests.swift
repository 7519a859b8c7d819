import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("A check that is cut short")
struct InterruptionTests {
  private let common = ["--rules", "small", "--as-of", "2026-10-12T10:00:00+08:00"]

  @Test(
    "by a signal leaves no file behind, whole or unfinished",
    arguments: [SIGINT, SIGTERM],
    [["--output", "ndjson=out.ndjson"], ["--notify", "file:path=out.ndjson"]])
  func signal(signal: Int32, output: [String]) throws {
    let workspace = try TemporaryFolder(copyOf: Folders.workspace)
    let before = try workspace.names()
    let input = Pipe()
    let process = Program.process(Program.path, ["check", "-"] + common + output, in: workspace.path)
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(#"{"id": "T-001"}\#n"#.utf8))
    // Standard input stays open, so the program waits for more; its unfinished file is there by then.
    for _ in 0..<3000 where try workspace.names() == before { usleep(10_000) }
    #expect(try workspace.names().count == before.count + 1)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 128 + signal)
    #expect(try workspace.names() == before)
  }

  @Test(
    "by a reader that went away ends in silence",
    arguments: [
      ["check", "errors.ndjson"], ["check", "errors.ndjson", "--format", "ndjson"],
      ["check", "errors.ndjson", "--notify", "file:path=-"], ["lint", "broken"],
      ["explain", "T-002", "errors.ndjson"],
      ["calendar", "office", "--from", "2026-10-12T10:00", "--add", "1 working day"], ["--help"],
      ["--version"],
    ])
  func closedPipe(arguments: [String]) throws {
    let workspace = try TemporaryFolder(copyOf: Folders.workspace)
    let (output, errors) = (Pipe(), Pipe())
    let usesRules = ["check", "explain"].contains(arguments[0])
    let process = Program.process(
      Program.path,
      arguments + (usesRules ? common : arguments[0] == "calendar" ? ["--rules", "small"] : []),
      in: workspace.path)
    try output.fileHandleForReading.close()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    try errors.fileHandleForWriting.close()
    let noise = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(noise == "")
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 0)
  }

  @Test(
    "by a full disk says so and fails",
    arguments: [["--format", "ndjson"], ["--notify", "file:path=-"], []])
  func fullDisk(output: [String]) throws {
    let device = try #require(FileHandle(forWritingAtPath: "/dev/full"), "there is no /dev/full here")
    let workspace = try TemporaryFolder(copyOf: Folders.workspace)
    let errors = Pipe()
    let process = Program.process(
      Program.path, ["check", "errors.ndjson"] + common + output, in: workspace.path)
    process.standardOutput = device
    process.standardError = errors
    try process.run()
    try errors.fileHandleForWriting.close()
    let text = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text == "error: standard output: No space left on device\n")
    #expect(process.terminationStatus == 3)
  }
}
