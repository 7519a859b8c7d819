/// When a process that failed is started again, and when no more: pure, so that ten minutes pass in a test at once.
struct RestartPolicy: Hashable, Sendable {
  /// Five failures within ten minutes are enough.
  static let failures = 5
  static let window: Int64 = 600_000
  static let longestWait: Int64 = 60_000

  private var times: [Int64] = []
  private var inARow = 0
  private(set) var isOpen = false

  enum Verdict: Hashable {
    /// Start again after this long.
    case restart(afterMilliseconds: Int64)
    /// Leave it.
    case giveUp
  }

  /// - Parameters:
  ///   - now: in milliseconds, of any clock that never goes back.
  ///   - chance: from 0 up to 1; spreads the waits of several plugins by up to a quarter.
  mutating func recordFailure(at now: Int64, chance: Double) -> Verdict {
    times = times.filter { now - $0 < Self.window } + [now]
    inARow += 1
    if times.count >= Self.failures {
      isOpen = true
      return .giveUp
    }
    // 0, 1, 2, 4 … 60 s.
    let base = inARow == 1 ? 0 : min(Self.longestWait, 1000 << Int64(min(inARow - 2, 6)))
    return .restart(afterMilliseconds: base + Int64(Double(base) * 0.25 * chance))
  }

  /// A request was answered: the next wait starts at 0 again; the failures of the last ten minutes still count.
  mutating func recordSuccess() { inARow = 0 }
}
