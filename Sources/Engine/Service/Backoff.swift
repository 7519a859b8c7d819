/// Waits that double, from one second to five minutes.
struct Backoff: Hashable, Sendable {
  private(set) var failures = 0

  static let longest: Int64 = 300_000

  /// The milliseconds to wait after one more failure, or `asked` where somebody asked for that much.
  mutating func next(asked: Int64? = nil) -> Int64 {
    failures += 1
    return Self.wait(failures: failures, asked: asked)
  }

  mutating func reset() { failures = 0 }

  static func wait(failures: Int, asked: Int64? = nil) -> Int64 {
    if let asked, asked > 0 { return min(asked, 12 * longest) }
    return min(1_000 << Int64(max(0, min(failures - 1, 20))), longest)
  }
}
