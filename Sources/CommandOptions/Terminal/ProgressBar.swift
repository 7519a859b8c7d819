import Diagnostics
package import Engine
import FileAccess
import Synchronization

/// A line on standard error that is rewritten while work goes on; only on a terminal, only after a second.
package final class ProgressBar: Sendable {
  private struct State {
    var lastShown: ContinuousClock.Instant?
    var isShown = false
  }

  private let start = ContinuousClock.now
  private let state = Mutex(State())
  private let isEnabled: Bool

  package init(isEnabled: Bool = StandardStream.error.isTerminal) { self.isEnabled = isEnabled }

  package func show(_ progress: CheckProgress) {
    guard isEnabled else { return }
    let now = ContinuousClock.now
    let isDue = state.withLock { state in
      guard now - start > .seconds(1), state.lastShown.map({ now - $0 > .milliseconds(100) }) ?? true
      else { return false }
      state.lastShown = now
      state.isShown = true
      return true
    }
    if isDue { StandardError.write("\r" + Self.line(progress, elapsed: now - start) + "\u{1B}[K") }
  }

  /// Removes the line.
  package func clear() {
    if state.withLock({ $0.isShown }) { StandardError.write("\r\u{1B}[K") }
  }

  package static func line(_ progress: CheckProgress, elapsed: Duration) -> String {
    let seconds = max(1, elapsed.components.seconds)
    let tickets = progress.tickets
    let count = "\(tickets) tickets, \(tickets / Int(seconds))/s"
    guard let fraction = progress.fraction else { return count }
    let filled = Int(30 * min(1, max(0, fraction)))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
    return "[\(bar)] \(Int(100 * min(1, max(0, fraction))))% \(count)"
  }
}
