import ByteOutput
import CommandOptions
import Reports
import Synchronization

/// The JSON lines of a difference on standard output: as they are, or as one array.
final class DifferenceLines: Sendable {
  private let array = Mutex(JSONArray())
  private let isArray: Bool

  /// Nil for a format without lines.
  init?(_ format: DiffCommand.Format) {
    guard format == .json || format == .ndjson else { return nil }
    isArray = format == .json
  }

  /// - Parameter lines: each ended by a newline.
  func write(_ lines: [UInt8]) throws {
    guard isArray else { return try StandardOutput.write(lines) }
    var bytes = ByteWriter()
    array.withLock { $0.add(lines: lines, into: &bytes) }
    try StandardOutput.write(bytes.bytes)
  }

  /// After the last line.
  func end() throws {
    guard isArray else { return }
    var bytes = ByteWriter()
    array.withLock { $0.end(into: &bytes) }
    bytes.append(literal: "\n")
    try StandardOutput.write(bytes.bytes)
  }
}
