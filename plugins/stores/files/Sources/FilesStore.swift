import FileAccess
public import PluginAPI
import Synchronization

/// Supplies tickets from files and standard input: NDJSON, JSON, CSV and YAML, plain or gzip.
///
/// Memory is one page whatever the files' size, but for YAML, which is read whole and limited to 8 MiB. There is no
/// watermark: each reading begins with the first file, and folders and patterns are looked up anew.
public final class FilesStore: TicketStore {
  public static let description = PluginDescription(
    name: "files", version: "1.0.0", role: .store,
    summary: "tickets from NDJSON, JSON, CSV and YAML files, plain or gzip, or from standard input",
    settings: FilesStoreSettings.keys)

  private struct State {
    var settings: FilesStoreSettings?
    var hasReadStandardInput = false
  }

  private let state = Mutex(State())

  public init() {}

  public func open(_ configuration: PluginConfiguration) throws(PluginError) {
    let settings = try FilesStoreSettings(configuration)
    _ = try TicketFiles(settings)
    state.withLock { $0.settings = settings }
  }

  /// Opens each file and looks at its first bytes; standard input is left alone.
  public func check() throws(PluginError) -> [PluginProblem] {
    let settings = try settings()
    var problems = [PluginProblem]()
    for path in try TicketFiles(settings).paths where path != TicketFiles.standardInput {
      do throws(PluginError) {
        _ = try OpenFile(path, format: settings.format, settings: settings)
      } catch {
        problems.append(PluginProblem(error.message, pointer: error.pointer, hint: error.hint))
      }
    }
    return problems
  }

  /// Files do not say what fields they may have.
  public func describe() -> [StoreField] { [] }

  public func pages(since watermark: Watermark?, limit: Int) -> TicketPages {
    TicketPages { [self] in
      let reading = FileReading(limit: limit) { [self] () throws(PluginError) in try files() }
      return { () async throws(PluginError) -> TicketPage? in try await reading.next() }
    }
  }

  /// Reads all files, because an id may stand in two of them.
  public func get(_ ids: [String]) throws(PluginError) -> (tickets: [TicketPage], missing: [String]) {
    let identifier = TicketIdentifier(field: try settings().idField)
    var missing = Set(ids)
    let wanted = missing
    var tickets = [TicketPage]()
    var files = try files()
    while let page = try files.next(limit: 500) {
      let found = page.selecting(wanted, by: identifier, into: &missing)
      if !found.isEmpty { tickets.append(found) }
    }
    return (tickets, ids.filter { missing.remove($0) != nil })
  }

  public func close() {}

  private func settings() throws(PluginError) -> FilesStoreSettings {
    guard let settings = state.withLock({ $0.settings }) else {
      throw PluginError(.internal, Messages.notOpen)
    }
    return settings
  }

  private func files() throws(PluginError) -> OpenFiles {
    let settings = try settings()
    return OpenFiles(try TicketFiles(settings).paths, settings) { [self] () throws(PluginError) in
      try claimStandardInput(settings)
    }
  }

  private func claimStandardInput(_ settings: FilesStoreSettings) throws(PluginError) {
    let isFirst = state.withLock { state in
      defer { state.hasReadStandardInput = true }
      return !state.hasReadStandardInput
    }
    if !isFirst { throw settings.wrongFile(Messages.standardInputTwice) }
  }
}

extension TicketPage {
  /// A page of its own with the records whose ids are `wanted`; they are taken out of `missing`.
  fileprivate func selecting(
    _ wanted: Set<String>, by identifier: TicketIdentifier, into missing: inout Set<String>
  ) -> TicketPage {
    var page = TicketPage(source: source)
    buffer.withUnsafeBufferPointer { bytes in
      for record in records {
        guard let id = identifier.read(bytes, record.range), wanted.contains(id) else { continue }
        missing.remove(id)
        let start = page.buffer.count
        page.buffer += bytes[record.range]
        page.records.append(.init(range: start..<page.buffer.count, line: record.line))
      }
    }
    return page
  }
}
