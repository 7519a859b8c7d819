import FileAccess
import PluginAPI

/// One reading of all files, page by page; at most one file is open.
///
/// Reading blocks its thread for the time of one system call, which is what files and pipes need.
actor FileReading {
  private let openFiles: () throws(PluginError) -> OpenFiles
  private let limit: Int
  private var files: OpenFiles?
  private var isOver = false

  /// Reads the files that `files` answers when the first page is asked for.
  init(limit: Int, files: sending @escaping () throws(PluginError) -> OpenFiles) {
    self.limit = max(1, limit)
    openFiles = files
  }

  func next() throws(PluginError) -> TicketPage? {
    if isOver { return nil }
    // Over, unless a page comes: also after an error.
    isOver = true
    if files == nil { files = try openFiles() }
    let page = try files?.next(limit: limit)
    isOver = page == nil
    return page
  }
}

/// The files of one reading, of which one is open at a time.
struct OpenFiles {
  private let settings: FilesStoreSettings
  private let claimStandardInput: () throws(PluginError) -> Void
  private var rest: ArraySlice<String>
  private var file: OpenFile?
  /// The size of all files; nil where one is a pipe or standard input.
  private let totalSize: Int?
  private var endedSize = 0

  init(
    _ paths: [String], _ settings: FilesStoreSettings,
    claimStandardInput: @escaping () throws(PluginError) -> Void
  ) {
    self.settings = settings
    self.claimStandardInput = claimStandardInput
    rest = paths[...]
    let sizes = paths.map(sizeOfFile)
    totalSize = sizes.contains(nil) ? nil : sizes.reduce(0) { $0 + ($1 ?? 0) }
  }

  /// The next page of the file that is open, or of the next one; nil behind the last one.
  mutating func next(limit: Int) throws(PluginError) -> TicketPage? {
    while true {
      if file == nil {
        guard let path = rest.popFirst() else { return nil }
        if path == TicketFiles.standardInput { try claimStandardInput() }
        file = try OpenFile(path, format: settings.format, settings: settings)
      }
      if var page = try file?.next(limit: limit) {
        page.fraction = fraction
        return page
      }
      endedSize += file?.readCount ?? 0
      file = nil
    }
  }

  /// A file may grow while it is read.
  private var fraction: Double? {
    guard let totalSize, let file else { return nil }
    return min(1, Double(endedSize + file.readCount) / Double(max(1, totalSize)))
  }
}

/// A file that is being read.
struct OpenFile {
  private let name: String
  private let source: ByteSource
  private var reader: any RecordReader
  private var isOver = false

  init(_ path: String, format: FileFormat?, settings: FilesStoreSettings) throws(PluginError) {
    name = path == TicketFiles.standardInput ? "stdin" : path
    do { source = try ByteSource(path) } catch { throw settings.wrongFile(error.message) }
    var window = InputWindow(source)
    window.skipByteOrderMark()
    reader =
      if window.isUTF16 {
        UnreadableFile(name: name, message: Messages.utf16)
      } else {
        try Self.reader(for: &window, name: name, known: format ?? FileFormat(path: path), settings)
      }
  }

  private static func reader(
    for window: inout InputWindow, name: String, known: FileFormat?, _ settings: FilesStoreSettings
  ) throws(PluginError) -> any RecordReader {
    switch window.format(known: known) {
    case .ndjson: return LineReader(window, name: name)
    case .json: return JSONReader(window, name: name)
    case .csv: return CSVReader(window, name: name)
    case .yaml: return YAMLReader(window, name: name)
    case nil: throw settings.wrongFile(Messages.unknownFormat(name), hint: Messages.unknownFormatHint)
    }
  }

  /// How many bytes of the file were read.
  var readCount: Int { source.readCount }

  /// The next page; behind the last record, what ended the file too early. Throws where the file cannot be read on.
  mutating func next(limit: Int) throws(PluginError) -> TicketPage? {
    if isOver { return nil }
    if let page = reader.next(limit: limit) { return page }
    isOver = true
    switch source.problem {
    case nil: return nil
    case .unreadable(let error): throw PluginError(.permanent, error.message)
    case .corrupt(let reason):
      var page = TicketPage(source: name)
      page.addMalformed(line: reader.line, reason)
      return page
    }
  }
}

/// A file of which nothing can be read, for a reason that its first bytes show.
private struct UnreadableFile: RecordReader {
  let line = 1
  let name: String
  var message: String?

  mutating func next(limit: Int) -> TicketPage? {
    guard let message else { return nil }
    self.message = nil
    var page = TicketPage(source: name)
    page.addMalformed(line: line, message)
    return page
  }
}

extension InputWindow {
  /// Reads on until at least `count` bytes are pending or the file ends.
  private mutating func require(_ count: Int) {
    while pendingCount < count, refill() {}
  }

  fileprivate mutating func skipByteOrderMark() {
    require(3)
    if bytes[start...].starts(with: [0xEF, 0xBB, 0xBF]) { start += 3 }
  }

  fileprivate var isUTF16: Bool { bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) }

  /// The format by name, else by content; nil where neither tells. A file without content counts as JSON.
  fileprivate mutating func format(known: FileFormat?) -> FileFormat? {
    if let known, known != .json { return known }
    var isWhole = false
    while true {
      let sniffer = FormatSniffer(isWhole ? bytes[start...] + [0x0A] : bytes[start...])
      switch known == .json ? sniffer.jsonLayout() : sniffer.format() {
      case .format(let format): return format
      case .unknown: return nil
      case .undecided where isWhole: return .json
      case .undecided: isWhole = pendingCount > recordLimit || !refill()
      }
    }
  }
}
