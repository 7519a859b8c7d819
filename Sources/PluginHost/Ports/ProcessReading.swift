import PluginAPI
import PluginProtocol

/// One reading of a process's pages. While a page is evaluated the next one is on its way, and no more than that.
final actor ProcessReading {
  private typealias Outcome = Result<PageResult, PluginError>

  private let plugin: SupervisedPlugin
  private let retries: Retries
  private let since: Watermark?
  private let limit: Int
  private var cursor: String?
  private var ahead: Task<Outcome, Never>?
  private var isOver = false

  init(_ plugin: SupervisedPlugin, _ retries: Retries, since: Watermark?, limit: Int) {
    self.plugin = plugin
    self.retries = retries
    self.since = since
    self.limit = limit
  }

  deinit { ahead?.cancel() }

  func next() async throws(PluginError) -> TicketPage? {
    if isOver { return nil }
    let task = ahead ?? fetch()
    ahead = nil
    let outcome = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    // Another error than those that a retry mends ends the reading.
    isOver = true
    let result = try outcome.get()
    guard let next = result.nextCursor else {
      let isEmpty = result.page.records.isEmpty && result.page.malformed.isEmpty
      return isEmpty && result.page.watermark == nil ? nil : result.page
    }
    if next == cursor {
      throw Wording.wrongShape(
        plugin.manifest.name, "store/list", "'nextCursor' is the cursor that was asked for")
    }
    isOver = false
    cursor = next
    ahead = fetch()
    return result.page
  }

  private func fetch() -> Task<Outcome, Never> {
    let (plugin, retries, since, limit, cursor) = (plugin, retries, since, limit, cursor)
    return Task {
      do throws(PluginError) {
        return .success(
          try await retries.run { () throws(PluginError) in
            let message = try await plugin.call(.list) { line in
              line.appendKey("limit")
              line.append(contentsOf: String(limit).utf8)
              line.appendOptional("cursor", cursor)
              line.appendOptional("since", since?.text)
            }
            return try Self.page(message, plugin, limit: limit)
          })
      } catch {
        return .failure(error)
      }
    }
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
