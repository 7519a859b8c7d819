/// What goes from one lane of the pipeline to the next, in order. As much waits here as the pipeline lets be under way.
struct Handover<Item: Sendable>: Sendable {
  let items: AsyncStream<Item>
  private let sender: AsyncStream<Item>.Continuation

  init() { (items, sender) = AsyncStream.makeStream() }

  func pass(_ item: Item) { sender.yield(item) }

  /// Nothing comes any more; what waits is still taken.
  func close() { sender.finish() }
}
