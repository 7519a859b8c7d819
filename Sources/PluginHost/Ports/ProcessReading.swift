import PluginAPI
import PluginProtocol

/// One reading of a process's pages. While a page is evaluated the next one is on its way, and of a plugin that can be asked
/// ahead the one behind it as well, so that the plugin need not wait for the host; no more than that.
final actor ProcessReading {
  private typealias Outcome = Result<PageResult, PluginError>

  private struct Fetch {
    var task: Task<Outcome, Never>
    var isAhead: Bool
    /// Open once the plugin was asked.
    var asked: Gate
  }

  private let plugin: SupervisedPlugin
  private let retries: Retries
  private let since: Watermark?
  private let limit: Int
  /// Where the next page begins.
  private var cursor: String?
  /// The next page and those behind it.
  private var onTheWay: [Fetch] = []
  private var isOver = false

  init(_ plugin: SupervisedPlugin, _ retries: Retries, since: Watermark?, limit: Int) {
    self.plugin = plugin
    self.retries = retries
    self.since = since
    self.limit = limit
  }

  deinit { for fetch in onTheWay { fetch.task.cancel() } }

  func next() async throws(PluginError) -> TicketPage? {
    if isOver { return nil }
    // Another error than those that a retry mends ends the reading.
    isOver = true
    let result = try await nextResult()
    guard let next = result.nextCursor else {
      // What is on its way is the page behind the last one, an empty one.
      onTheWay = []
      let isEmpty = result.page.records.isEmpty && result.page.malformed.isEmpty
      return isEmpty && result.page.watermark == nil ? nil : result.page
    }
    if next == cursor {
      throw Wording.wrongShape(
        plugin.manifest.name, "store/list", "'nextCursor' is the cursor that was asked for")
    }
    isOver = false
    cursor = next
    if onTheWay.isEmpty { onTheWay.append(fetch()) }
    if onTheWay.count == 1, plugin.isAskedAhead { onTheWay.append(fetch(isAhead: true)) }
    return result.page
  }

  /// The page at the cursor. One that was asked for ahead begins elsewhere where the plugin was started again meanwhile and its
  /// tickets had changed: then it is asked for by its cursor, which shows that.
  private func nextResult() async throws(PluginError) -> PageResult {
    let fetch = onTheWay.isEmpty ? fetch() : onTheWay.removeFirst()
    let result = try await result(fetch)
    if !fetch.isAhead || result.cursor == cursor { return result }
    for fetch in onTheWay { fetch.task.cancel() }
    onTheWay = []
    return try await self.result(self.fetch())
  }

  private func result(_ fetch: Fetch) async throws(PluginError) -> PageResult {
    let outcome = await withTaskCancellationHandler {
      await fetch.task.value
    } onCancel: {
      fetch.task.cancel()
    }
    return try outcome.get()
  }

  /// Asks for the page at the cursor, or for the one behind it, which must not come before the other one is asked for.
  private func fetch(isAhead: Bool = false) -> Fetch {
    let (plugin, retries, since, limit, cursor) = (plugin, retries, since, limit, cursor)
    let (before, asked) = (onTheWay.last?.asked, Gate())
    let task = Task<Outcome, Never> {
      await before?.pass()
      defer { asked.open() }
      do throws(PluginError) {
        return .success(
          try await retries.run { () throws(PluginError) in
            let message = try await plugin.call(.list, asked: asked) { line in
              line.appendKey("limit")
              line.append(contentsOf: String(limit).utf8)
              line.appendOptional("cursor", cursor)
              line.appendOptional("since", since?.text)
              line.append(contentsOf: #","sizes":1"#.utf8)
              if isAhead { line.append(contentsOf: #","ahead":1"#.utf8) }
            }
            return try Self.page(message, plugin, limit: limit)
          })
      } catch {
        return .failure(error)
      }
    }
    return Fetch(task: task, isAhead: isAhead, asked: asked)
  }

  private static func page(
    _ message: WireMessage, _ plugin: SupervisedPlugin, limit: Int
  ) throws(PluginError) -> PageResult {
    try plugin.shape(.list) { () throws(WireShapeError) in
      var result = try PageResult(message, source: plugin.manifest.name)
      if result.page.records.count > limit {
        throw WireShapeError(Wording.tooManyRecords(result.page.records.count, limit: limit))
      }
      for index in result.page.malformed.indices {
        result.page.malformed[index].message = plugin.redacted(result.page.malformed[index].message)
      }
      return result
    }
  }
}

extension [UInt8] {
  fileprivate mutating func appendOptional(_ key: String, _ text: String?) {
    guard let text else { return }
    appendKey(key)
    appendJSONString(text)
  }
}
