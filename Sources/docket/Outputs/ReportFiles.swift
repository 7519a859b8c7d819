import ByteOutput
import CommandOptions
import Diagnostics
import FileAccess
import Reports
import Synchronization

/// The reports of one run, each written to its file while findings come in.
///
/// A file becomes visible when its report is whole; a run that fails leaves the one before.
final class ReportFiles: Sendable {
  private let files: [ReportFile]

  /// - Parameters:
  ///   - style: how `text` on standard output looks.
  ///   - endsWithReader: whether nothing is left to do once the reader of standard output has gone; else that report alone ends.
  init(
    _ outputs: [OutputOptions.Output], _ subject: ReportSubject, style: TableStyle, endsWithReader: Bool
  ) throws {
    files = try outputs.map { output in
      try ReportFile(
        output, subject, style: output.path == "-" ? style : TableStyle(), endsWithReader: endsWithReader)
    }
  }

  func add(decisions: [UInt8], _ findings: [ReportedFinding]) throws {
    for file in files { try file.add(decisions: decisions, findings) }
  }

  func finish(_ summary: ReportSummary) throws {
    for file in files { try file.finish(summary) }
  }
}

private final class ReportFile: Sendable {
  private struct State: ~Copyable {
    var report: any FindingReport
    var writer: FileWriter
    var hasBegun = false

    /// Writes what `body` appends.
    mutating func write(_ body: @Sendable (inout any FindingReport, inout ByteWriter) -> Void)
      throws(FileError)
    {
      var bytes = ByteWriter()
      if !hasBegun { report.begin(into: &bytes) }
      hasBegun = true
      body(&report, &bytes)
      if bytes.count > 0 { try writer.write(bytes.bytes) }
    }
  }

  private let state: Mutex<State>
  private let path: String
  private let endsWithReader: Bool

  init(
    _ output: OutputOptions.Output, _ subject: ReportSubject, style: TableStyle, endsWithReader: Bool
  ) throws {
    self.endsWithReader = endsWithReader
    path = output.path
    do throws(FileError) {
      state = Mutex(
        State(report: output.format.report(on: subject, style: style), writer: try FileWriter(output.path)))
    } catch {
      throw Failure(error)
    }
  }

  func add(decisions: [UInt8], _ findings: [ReportedFinding]) throws {
    try write { report, bytes in
      if !decisions.isEmpty { report.add(decisions: decisions, into: &bytes) }
      for finding in findings { report.add(finding, into: &bytes) }
    }
  }

  func finish(_ summary: ReportSummary) throws {
    try write { $0.end(summary, into: &$1) }
    do {
      try state.withLock { try $0.writer.commit() }
    } catch let error as FileError {
      throw Failure(error, status: .failure)
    }
    StandardError.write(remark: state.withLock { $0.report.remark }, on: path)
  }

  private func write(_ body: @Sendable (inout any FindingReport, inout ByteWriter) -> Void) throws {
    do {
      try state.withLock { try $0.write(body) }
    } catch let error as FileError {
      let failure = Failure(error, status: .failure)
      if failure.isBrokenPipe, !endsWithReader { return }
      throw failure
    }
  }
}

extension StandardError {
  /// What a report at `path` has no place for.
  static func write(remark: String?, on path: String) {
    if let remark { write("warning: \(path == "-" ? "standard output" : path): \(remark)\n") }
  }
}
