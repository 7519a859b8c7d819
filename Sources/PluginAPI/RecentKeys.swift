/// The delivery keys that came last, so that a repeat arrives once without memory that grows with the run.
///
/// A repeat follows a failed or timed-out delivery and so comes soon; 4,096 keys cover several of the engine's batches.
public struct RecentKeys: Sendable {
  private let capacity: Int
  private var known = Set<String>()
  private var order = [String]()
  private var oldest = 0

  /// - Parameter capacity: how many keys are remembered, at least 1.
  public init(capacity: Int = 4096) { self.capacity = max(1, capacity) }

  public func contains(_ key: String) -> Bool { known.contains(key) }

  /// Remembers `key` in place of the oldest one. O(1).
  public mutating func insert(_ key: String) {
    guard known.insert(key).inserted else { return }
    if order.count < capacity {
      order.append(key)
    } else {
      known.remove(order[oldest])
      order[oldest] = key
      oldest = (oldest + 1) % capacity
    }
  }
}
