import FileAccess
import PluginAPI
import ProcessAccess

/// One run of the program, read page by page, no faster than pages are asked for.
actor CommandReading {
  /// The longest line, as everywhere in Docket.
  private static let lineLimit = 8 << 20
  /// A page ends at this size even where it has room for more records.
  private static let pageBytes = 1 << 20
  /// EX_TEMPFAIL of sysexits.h: try again later.
  private static let temporaryFailure: Int32 = 75

  private let limit: Int
  private let launch: () throws(PluginError) -> ProcessLaunch
  private var program: PipedProgram?
  private var path = ""
  private var lineNumber = 0
  private var isOver = false

  init(limit: Int, launch: sending @escaping () throws(PluginError) -> ProcessLaunch) {
    self.limit = limit
    self.launch = launch
  }

  func next() throws(PluginError) -> TicketPage? {
    if isOver { return nil }
    var page = TicketPage(source: path, buffer: [], records: [])
    let program = try started()
    page.source = path
    while page.records.count + page.malformed.count < limit, page.buffer.count < Self.pageBytes {
      switch program.nextLine() {
      case .line(let line): add(line, to: &page)
      case .tooLong:
        lineNumber += 1
        page.malformed.append(
          .init(position: page.records.count, line: lineNumber, message: Messages.tooLong(Self.lineLimit)))
      case .end(let end):
        // What came before a failure is handed over first.
        if end != .exited(0), page.records.isEmpty, page.malformed.isEmpty { throw failure(end, program) }
        isOver = end == .exited(0)
        return page.records.isEmpty && page.malformed.isEmpty ? nil : page
      }
    }
    return page
  }

  private func started() throws(PluginError) -> PipedProgram {
    if let program { return program }
    let launch = try launch()
    path = launch.path
    do throws(ChildProcess.SpawnError) {
      let program = try PipedProgram(launch, lineLimit: Self.lineLimit)
      self.program = program
      return program
    } catch {
      isOver = true
      throw PluginError(.configuration, Messages.cannotStart(path, error.reason), pointer: "/command/0")
    }
  }

  private func add(_ line: ArraySlice<UInt8>, to page: inout TicketPage) {
    lineNumber += 1
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
    let start = page.buffer.count
    page.buffer += line
    page.records.append(.init(range: start..<page.buffer.count, line: lineNumber))
  }

  private func failure(_ end: ProcessEnd, _ program: PipedProgram) -> PluginError {
    isOver = true
    let kind: PluginError.Kind = end == .exited(Self.temporaryFailure) ? .transient : .permanent
    return PluginError(kind, Messages.failed(path, end, errors: program.lastErrors))
  }
}
