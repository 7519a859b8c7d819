import PluginAPI
import PluginProtocol

/// The parameters of `store/list`.
struct ListRequest: Sendable {
  var since: Watermark?
  var limit: Int
  /// How many records and malformed ones this reading handed over before: what a cursor of ours says.
  var position: Int

  init(_ message: WireMessage) throws(WireShapeError) {
    since = try message.optional("since", "a text") { $0.text }.map { Watermark($0) }
    guard
      let limit = try message.optional(
        "limit", "a whole number from 1", { $0.integer.flatMap { $0 > 0 ? $0 : nil } })
    else { throw WireShapeError("'limit' is missing") }
    self.limit = limit
    position =
      try message.optional("cursor", "a cursor of this store", { $0.text.flatMap(Self.position) }) ?? 0
  }

  private static func position(_ cursor: String) -> Int? { Int(cursor).flatMap { $0 < 0 ? nil : $0 } }
}
