import Foundation
import ProcessAccess
import Synchronization
import Testing

@Suite("A process")
struct ProcessTests {
  private static func shell(_ script: String) -> ProcessLaunch {
    ProcessLaunch(path: "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"])
  }

  @Test("is fed, and its end is told with its last words")
  func runs() async throws {
    let result = try await runProgram(
      Self.shell("cat >/dev/null; echo gone >&2; exit 7"), input: Array("x".utf8), milliseconds: 120_000)
    #expect(result == ProgramResult(end: .exited(7), lastErrors: ["gone"]))
  }

  @Test("that takes too long is killed with all that it started")
  func timeout() async throws {
    let result = try await runProgram(Self.shell("sleep 100 & sleep 100"), input: [], milliseconds: 100)
    #expect(result.end == nil)
  }

  @Test("gets what is written to it and its own environment, and nothing else")
  func environment() throws {
    let program = try PipedProgram(
      ProcessLaunch(path: "/usr/bin/env", environment: ["A": "1", "B": "x y"]), lineLimit: 1000)
    #expect(Self.lines(program) == ["A=1", "B=x y", "exit status 0"])
  }

  @Test("that cannot be started says why")
  func cannotStart() {
    #expect(throws: ChildProcess.SpawnError.self) { try ChildProcess.spawn(ProcessLaunch(path: "/no/such")) }
    let error = #expect(throws: ChildProcess.SpawnError.self) {
      try ChildProcess.spawn(ProcessLaunch(path: "/etc/passwd"))
    }
    #expect(error?.reason == "Permission denied")
  }

  @Test(
    "is read line by line to its end",
    arguments: [
      ("printf 'a\\n\\nb'", ["a", "", "b", "exit status 0"]), ("kill -9 $$", ["signal 9 (Killed)"]),
      ("printf 1234567890123; echo; echo x", ["too long", "x", "exit status 0"]),
      ("head -c 300000 /dev/zero | tr '\\0' x; printf '\\nx'", ["too long", "x", "exit status 0"]),
      ("head -c 300000 /dev/zero | tr '\\0' x", ["too long", "exit status 0"]),
      ("sleep 100 & echo x", ["x", "exit status 0"]),
      ("head -c 1048576 /dev/zero >&2; echo x", ["x", "exit status 0"]),
    ])
  func piped(script: String, expected: [String]) throws {
    #expect(Self.lines(try PipedProgram(Self.shell(script), lineLimit: 10)) == expected)
  }

  @Test("keeps its last words")
  func errors() throws {
    let program = try PipedProgram(Self.shell("seq 1 9 >&2; printf end >&2; exit 3"), lineLimit: 10)
    #expect(Self.lines(program) == ["exit status 3"])
    #expect(program.lastErrors == ["6", "7", "8", "9", "end"])
  }

  @Test("waits where nobody reads, and goes when it is dropped")
  func backPressure() async throws {
    var program: PipedProgram? = try PipedProgram(Self.shell("echo $$; exec yes"), lineLimit: 100)
    guard case .line(let line)? = program?.nextLine(), let pid = Int32(String(decoding: line, as: UTF8.self))
    else {
      Issue.record("no line")
      return
    }
    #expect(kill(pid, 0) == 0)
    program = nil
    #expect(kill(pid, 0) != 0)
  }

  @Test("reads and is written to at the same time, whatever the size")
  func bothWays() async throws {
    let received = Mutex(0)
    let (ends, continuation) = AsyncStream.makeStream(of: ProcessEnd.self)
    let channel = try ProcessChannel(Self.shell("exec cat"), lineLimit: 100 << 20) { event in
      switch event {
      case .line(let line): received.withLock { $0 += line.count + 1 }
      case .end(let end): continuation.yield(end)
      case .errorLine, .unfinishedLine, .lineTooLong, .expired: break
      }
    }
    let line = Array(String(repeating: "x", count: 3 << 20).utf8) + [0x0A]
    for _ in 0..<8 { channel.send(line) }
    channel.closeInput()
    var iterator = ends.makeAsyncIterator()
    #expect(await iterator.next() == .exited(0))
    #expect(received.withLock { $0 } == 8 * line.count)
  }

  private static func lines(_ program: PipedProgram) -> [String] {
    var lines = [String]()
    while true {
      switch program.nextLine() {
      case .line(let line): lines.append(String(decoding: line, as: UTF8.self))
      case .tooLong: lines.append("too long")
      case .end(let end): return lines + [end.text]
      }
    }
  }
}
