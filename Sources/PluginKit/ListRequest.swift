import PluginAPI
import PluginProtocol

/// The parameters of `store/list`.
struct ListRequest: Sendable {
  var since: Watermark?
  var limit: Int
  /// What this reading handed over before: what a cursor of ours says.
  var place: ReadingPlace
  /// Whether not the page that begins there is asked for but the one behind it.
  var isAhead: Bool
  /// Whether the host cuts the answer by `sizes` wherever they stand.
  var cutsBySizes: Bool

  init(_ message: WireMessage) throws(WireShapeError) {
    since = try message.optional("since", "a text") { $0.text }.map { Watermark($0) }
    guard
      let limit = try message.optional(
        "limit", "a whole number from 1", { $0.integer.flatMap { $0 > 0 ? $0 : nil } })
    else { throw WireShapeError("'limit' is missing") }
    self.limit = limit
    place =
      try message.optional(
        "cursor", "a cursor of this store", { $0.text.flatMap { ReadingPlace(cursor: $0) } })
      ?? .beginning
    isAhead =
      try message.optional("ahead", "0 or 1") { $0.integer.flatMap { [0: false, 1: true][$0] } } ?? false
    cutsBySizes =
      try message.optional("sizes", "0 or 1") { $0.integer.flatMap { [0: false, 1: true][$0] } } ?? false
  }
}
