import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// The built program, run as its users run it.
enum Program {
  /// It stands beside the test bundle.
  static let folder: String = {
    let bundle = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    if FileManager.default.isExecutableFile(atPath: bundle.appending(path: "docket").path) {
      return bundle.path
    }
    return URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent().path
  }()

  static let path = "\(folder)/docket"

  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs the program with standard output and standard error in files, so that neither can stall it.
  static func run(_ arguments: [String], in folder: String) throws -> Result {
    try run(process(path, arguments, in: folder))
  }

  /// Runs another program, such as one that calls docket, with some variables of its own.
  static func run(
    _ executable: String, _ arguments: [String], in folder: String, _ environment: [String: String]
  ) throws -> Result {
    let process = process(executable, arguments, in: folder)
    process.environment?.merge(environment) { $1 }
    return try run(process)
  }

  /// Runs a line as the shell does; `docket` is the program.
  ///
  /// - Parameter withPath: whether programs of the tests' own PATH can be used as well, such as `swift`.
  static func shell(_ line: String, in folder: String, withPath: Bool = false) throws -> Result {
    let process = process("/bin/sh", ["-c", line], in: folder)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    if withPath { process.environment?["PATH"] = "\(Program.folder):\(path)" }
    return try run(process)
  }

  static func process(_ executable: String, _ arguments: [String], in folder: String) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ["PATH": "\(Program.folder):/usr/bin:/bin", "HOME": folder, "LANG": "C.UTF-8"]
    process.standardInput = FileHandle.nullDevice
    return process
  }

  private static func run(_ process: Process) throws -> Result {
    let scratch = TemporaryFolder()
    let (output, errors) = ("\(scratch.path)/output", "\(scratch.path)/errors")
    for path in [output, errors] { try Data().write(to: URL(filePath: path)) }
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try text(output), errors: try text(errors))
  }

  private static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }
}
