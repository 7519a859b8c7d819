import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Before a terminal")
struct TerminalTests {
  private let arguments = [
    "check", "--rules", "small", "--as-of", "2026-10-12T10:00:00+08:00", "errors.ndjson",
  ]

  @Test("findings have colours")
  func colour() throws {
    let (text, status) = try runOnTerminal(arguments)
    #expect(text.contains("\u{1B}[1;31merror\u{1B}[0m"))
    #expect(text.contains("\u{1B}[1mT-002\u{1B}[0m"))
    #expect(status == 1)
  }

  @Test("messages about rules have colours")
  func messages() throws {
    let (text, status) = try runOnTerminal(["lint", "broken"])
    #expect(text.contains("\u{1B}["))
    #expect(status == 2)
  }

  @Test("nothing has colours where NO_COLOR is set", arguments: [["lint", "broken"], ["check"]])
  func noColour(command: [String]) throws {
    let (text, _) = try runOnTerminal(
      command == ["check"] ? arguments : command, environment: ["NO_COLOR": "1"])
    #expect(!text.isEmpty)
    #expect(!text.contains("\u{1B}["))
  }

  @Test("which stands behind a pipe nothing has colours", arguments: [["lint", "broken"], ["check"]])
  func pipe(command: [String]) throws {
    let workspace = try TemporaryFolder(copyOf: Folders.workspace)
    let result = try Program.run(command == ["check"] ? arguments : command, in: workspace.path)
    #expect(!result.output.isEmpty)
    #expect(!(result.output + result.errors).contains("\u{1B}"))
  }

  @Test(
    "a new rulebook is asked for, an answer that cannot be taken once more, and defaults stand in brackets")
  func questions() throws {
    let answers = "My Desk\nhelp\nzh,en\nEurope/Berlni\nEurope/Berlin\n\n\nalpha, beta\nseverity\n"
    let (text, status) = try runOnTerminal(["init", "new"], typing: answers)
    #expect(status == 0)
    #expect(text.contains("Name of the rulebook [new]: ") && text.contains("= such as my-desk"))
    #expect(text.contains("did you mean 'Europe/Berlin'?") && text.contains("Working days [mon-fri]: "))
    #expect(text.contains("new holds the rulebook 'help' in 11 files."))
    let (early, failure) = try runOnTerminal(["init", "new"], typing: "help\n\u{4}")
    #expect(failure == 2 && early.contains("error: the answers ended early; nothing was written"))
    let (silent, success) = try runOnTerminal(["init", "new", "--yes"], typing: "")
    #expect(success == 0 && !silent.contains("["))
  }

  /// Both ends of a new pseudo-terminal, as posix_openpt, unlockpt and ptsname do it, which the module Glibc hides
  /// (ioctl_tty(2): TIOCSPTLCK and TIOCGPTN).
  private static func openTerminal() -> (master: Int32, slave: Int32)? {
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var lock: Int32 = 0
    var number: UInt32 = 0
    guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      return nil
    }
    let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    return slave < 0 ? nil : (master, slave)
  }

  /// Runs the program with a pseudo-terminal as standard output and standard error; of standard input, too, where
  /// something is typed.
  private func runOnTerminal(
    _ arguments: [String], environment: [String: String] = [:], typing answers: String? = nil
  ) throws -> (text: String, status: Int32) {
    let workspace = try TemporaryFolder(copyOf: Folders.workspace)
    let (master, slave) = try #require(Self.openTerminal(), "there are no terminals here")
    defer { close(master) }
    let process = Program.process(Program.path, arguments, in: workspace.path)
    process.environment?.merge(environment) { $1 }
    let handle = FileHandle(fileDescriptor: slave, closeOnDealloc: false)
    process.standardOutput = handle
    process.standardError = handle
    if let answers {
      process.standardInput = handle
      answers.utf8.withContiguousStorageIfAvailable { _ = write(master, $0.baseAddress, $0.count) }
    }
    try process.run()
    close(slave)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(master, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
    process.waitUntilExit()
    return (String(decoding: bytes, as: UTF8.self), process.terminationStatus)
  }
}
