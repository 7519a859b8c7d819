public import PluginAPI
import PluginProtocol

/// A store that runs as a process of its own. Whoever reads it cannot tell.
public final class ProcessStore: TicketStore {
  private let plugin: SupervisedPlugin
  private let retries: Retries

  public init(_ manifest: PluginManifest, _ environment: PluginEnvironment, retries: Retries = Retries()) {
    plugin = SupervisedPlugin(manifest, environment)
    self.retries = retries
  }

  /// The process's number; nil while there is none.
  public var pid: Int32? { plugin.pid }

  /// Kills the process, as a crash would end it: for tests. The next request starts another one.
  public func kill() { plugin.kill() }

  public func open(_ configuration: PluginConfiguration) async throws(PluginError) {
    try await plugin.open(configuration)
  }

  public func check() async throws(PluginError) -> [PluginProblem] { try await plugin.check() }

  public var capabilities: StoreCapabilities {
    get async { plugin.capabilities?.ofStore ?? [] }
  }

  public func describe() async throws(PluginError) -> [StoreField] {
    let message = try await plugin.call(.describe)
    return try plugin.shape(.describe) { () throws(WireShapeError) in
      try message.optional("fields", "a list of {name, type, values?}") { $0.list?.all(StoreField.init) }
        ?? []
    }
  }

  public func pages(since watermark: Watermark?, limit: Int) -> TicketPages {
    let (plugin, retries) = (plugin, retries)
    return TicketPages {
      let reading = ProcessReading(plugin, retries, since: watermark, limit: limit)
      return { () async throws(PluginError) in try await reading.next() }
    }
  }

  public func get(_ ids: [String]) async throws(PluginError) -> (tickets: [TicketPage], missing: [String]) {
    let message = try await plugin.call(.get) { line in
      line.appendKey("ids")
      line.appendList(ids) { $0.appendJSONString($1) }
    }
    return try plugin.shape(.get) { () throws(WireShapeError) in
      let page = try PageResult(message, source: plugin.manifest.name).page
      let missing = try message.optional("missing", "a list of texts") { $0.texts } ?? []
      let sources = try message.optional("sources", "a list of texts") { $0.texts }
      return (page.records.isEmpty ? [] : page.split(by: sources), missing)
    }
  }

  public func write(_ decisions: [DecisionRecord]) async throws(PluginError) -> [WriteResult] {
    var results = [WriteResult]()
    for batch in Batches(decisions, size: { $0.json.count + $0.ticket.utf8.count * 2 + 64 }) {
      let message = try await plugin.call(.write) { line in
        line.appendKey("decisions")
        line.appendList(batch) { $0.appendDecision($1) }
      }
      results += try plugin.writeResults(message, count: batch.count)
    }
    return results
  }

  public func changes() async throws(PluginError) -> AsyncStream<Void> { plugin.changes.stream() }

  public func close() async {
    // There is nobody to tell: a store has nothing left to write.
    try? await plugin.close()
  }
}

extension TicketPage {
  /// Neighbours of one source as a page each; all share the buffer.
  fileprivate func split(by sources: [String]?) -> [TicketPage] {
    guard let sources, sources.count == records.count else { return [self] }
    var pages = [TicketPage]()
    for (index, source) in sources.enumerated() {
      if pages.last?.source != source {
        pages.append(TicketPage(source: source, buffer: buffer, records: []))
      }
      pages[pages.count - 1].records.append(records[index])
      if !versions.isEmpty { pages[pages.count - 1].versions.append(versions[index]) }
    }
    return pages
  }
}
