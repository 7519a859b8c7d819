import PluginAPI
import PluginProtocol

/// What stores and notifiers read alike.
extension SupervisedPlugin {
  func check() async throws(PluginError) -> [PluginProblem] {
    let message = try await call(.check)
    return try shape(.check) { () throws(WireShapeError) in
      let isFine = try message.optional("ok", "true or false") { $0.boolean } ?? true
      let problems = try message.optional("problems", "a list of {message, …}") {
        $0.list?.all(PluginProblem.init)
      }
      if !isFine, problems ?? [] == [] { return [PluginProblem(Wording.notWell)] }
      return (problems ?? []).map { problem in
        PluginProblem(redacted(problem.message), pointer: problem.pointer, hint: problem.hint.map(redacted))
      }
    }
  }

  /// The member `results`, one item a request's item.
  private func results<Item>(
    _ message: WireMessage, _ method: WireMethod, count: Int, _ read: (JSONValue) -> Item?
  ) throws(PluginError) -> [Item] {
    try shape(method) { () throws(WireShapeError) in
      let items = try message.optional("results", "a list of results with a known status") {
        $0.list?.all(read)
      }
      guard let items, items.count == count else {
        throw WireShapeError(Wording.wrongCount("results", items?.count ?? 0, count))
      }
      return items
    }
  }

  func receipts(_ message: WireMessage, _ method: WireMethod, count: Int) throws(PluginError) -> [Receipt] {
    try results(message, method, count: count, Receipt.init).map { receipt in
      guard case .rejected(let reason) = receipt.status else { return receipt }
      return Receipt(key: receipt.key, status: .rejected(reason: redacted(reason)))
    }
  }

  func writeResults(_ message: WireMessage, count: Int) throws(PluginError) -> [WriteResult] {
    try results(message, .write, count: count, WriteResult.init).map { result in
      guard case .rejected(let reason) = result.status else { return result }
      return WriteResult(ticket: result.ticket, status: .rejected(reason: redacted(reason)))
    }
  }

  /// Turns an answer of the wrong shape into an error of the plugin.
  func shape<Result>(
    _ method: WireMethod, _ body: () throws(WireShapeError) -> Result
  ) throws(PluginError) -> Result {
    do throws(WireShapeError) { return try body() } catch {
      throw Wording.wrongShape(manifest.name, method.rawValue, error.message)
    }
  }
}

/// Cuts a list into pieces that fit into a line of the protocol.
struct Batches<Item>: Sequence {
  private static var count: Int { 500 }
  private static var bytes: Int { WireLimits.lineBytes / 2 }

  private let items: [Item]
  private let size: (Item) -> Int

  init(_ items: [Item], size: @escaping (Item) -> Int) {
    self.items = items
    self.size = size
  }

  func makeIterator() -> AnyIterator<[Item]> {
    var rest = items[...]
    return AnyIterator {
      var bytes = 0
      let end = rest.indices.first { index in
        bytes += size(rest[index])
        return index > rest.startIndex && (bytes > Self.bytes || index - rest.startIndex == Self.count)
      }
      let batch = rest[..<(end ?? rest.endIndex)]
      rest = rest[batch.endIndex...]
      return batch.isEmpty ? nil : Array(batch)
    }
  }
}
