import Engine
import Synchronization
import WorkingTime

/// A clock that stands until the test moves it. Waits of a second at most, after which the service looks at the clock anyway, end
/// soon: so it does not matter whether the test moves the clock before or after such a wait begins.
final class TestClock: ServiceClock {
  private struct State {
    var now: Instant
    /// What passed, however the clock was set.
    var passed: Int64 = 0
  }

  private let state: Mutex<State>

  init(_ now: Instant) { state = Mutex(State(now: now)) }

  func now() -> Instant { state.withLock { $0.now } }

  func wait(milliseconds: Int64) async {
    let end = state.withLock { $0.passed } + milliseconds
    let isLook = milliseconds <= 1_000
    var turns = 0
    while !Task.isCancelled, state.withLock({ $0.passed }) < end, !isLook || turns < 10 {
      try? await Task.sleep(for: .milliseconds(1))
      turns += 1
    }
  }

  /// Lets time pass.
  func advance(_ milliseconds: Int64) {
    state.withLock {
      $0.now = $0.now.advanced(byMilliseconds: milliseconds)
      $0.passed += milliseconds
    }
  }

  /// Somebody sets the clock; a second passes, in which the service looks at it.
  func set(to now: Instant) {
    state.withLock {
      $0.now = now
      $0.passed += 1_000
    }
  }
}

extension Int64 {
  static let minute: Int64 = 60_000
  static let hour: Int64 = 3_600_000
  static let day: Int64 = 86_400_000
}
