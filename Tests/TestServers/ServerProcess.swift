import Foundation

/// A server that a test starts, and that ends with the test.
final class ServerProcess: Sendable {
  /// The first line that the server printed.
  let announcement: String
  private let process: Process
  private let input: Pipe

  /// Starts `arguments[0]`, which ends when its standard input does, and waits until it prints a line.
  init(_ arguments: [String]) throws {
    process = Process()
    input = Pipe()
    let output = Pipe()
    process.executableURL = URL(filePath: arguments[0])
    process.arguments = Array(arguments.dropFirst())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var line = Data()
    while line.last != UInt8(ascii: "\n") {
      guard let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty else {
        throw ServerProblem(message: "\(arguments[0]) ended before it was ready")
      }
      line += byte
    }
    announcement = String(decoding: line.dropLast(), as: UTF8.self)
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

/// Why a server of a test is not there.
public struct ServerProblem: Error {
  public var message: String
  public init(message: String) { self.message = message }
}

/// A folder that goes with the test that made it.
public final class TestFolder: Sendable {
  public let path: String

  public init() throws {
    path = NSTemporaryDirectory() + "docket-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The lines of a file of JSON objects, without one that is being written; none where the file is not there.
  func lines<Line: Decodable>(of name: String, as type: Line.Type) throws -> [Line] {
    let text = FileManager.default.contents(atPath: "\(path)/\(name)") ?? Data()
    let newline = UInt8(ascii: "\n")
    let end = text.lastIndex(of: newline) ?? text.startIndex
    return try text[..<end].split(separator: newline).map { try JSONDecoder().decode(type, from: $0) }
  }
}

/// Where the servers' programs are.
public enum Programs {
  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path

  public static let python = path(of: "python3")

  /// A Python that has aiosmtpd: of the project's own environment, the system's, or whatever comes first.
  public static let pythonWithSMTP: String? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized.path
    let candidates = ["\(root)/.build/python/bin/python3", "/usr/bin/python3"] + [python].compactMap { $0 }
    return candidates.first { (try? run([$0, "-c", "import aiosmtpd"])) == 0 }
  }()

  public static let alertmanager = path(of: "prometheus-alertmanager") ?? path(of: "alertmanager")
  public static let openssl = path(of: "openssl")

  private static func path(of name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":") + ["/usr/bin"]
    return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile(atPath:))
  }

  /// The exit status of a program whose output nobody reads.
  static func run(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: arguments[0])
    process.arguments = Array(arguments.dropFirst())
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

extension Programs {
  /// The HMAC of `message` with SHA-256 in Base64, by Python: a second opinion.
  public static func hmac(key: String, message: String) throws -> String {
    let program = """
      import base64, hashlib, hmac, sys
      key, message = (argument.encode() for argument in sys.argv[1:])
      print(base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode())
      """
    guard let python else { throw ServerProblem(message: "python3 is not here") }
    return try ServerProcess([python, "-c", program, key, message]).announcement
  }
}
