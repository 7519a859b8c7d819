/// What was reported, by its hash, so that it is not reported at each reading.
///
/// Full, it begins anew: a report that comes twice is better than memory that grows with what is wrong.
package struct RecentReports: Sendable {
  private let capacity: Int
  private var hashes = Set<UInt64>()

  package init(capacity: Int = 1_000) { self.capacity = capacity }

  /// Whether this was not reported before.
  package mutating func insert(_ hash: UInt64) -> Bool {
    if hashes.contains(hash) { return false }
    if hashes.count >= capacity { hashes.removeAll(keepingCapacity: true) }
    hashes.insert(hash)
    return true
  }
}
