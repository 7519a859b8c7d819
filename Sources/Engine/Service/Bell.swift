import Synchronization

/// Wakes one waiting task; a ring that nobody waits for is kept for the next one.
final class Bell: Sendable {
  private struct State {
    var isRung = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  func ring() {
    let waiter = state.withLock { state in
      defer { state.waiter = nil }
      if state.waiter == nil { state.isRung = true }
      return state.waiter
    }
    waiter?.resume()
  }

  /// Waits until somebody rings, but not longer than `milliseconds`.
  func wait(atMost milliseconds: Int64, _ clock: any ServiceClock) async {
    if milliseconds <= 0 { return }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.heard() }
      group.addTask { await clock.wait(milliseconds: milliseconds) }
      await group.next()
      group.cancelAll()
    }
  }

  private func heard() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if Task.isCancelled { return true }
          if state.isRung {
            state.isRung = false
            return true
          }
          state.waiter = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        defer { state.waiter = nil }
        return state.waiter
      }
      waiter?.resume()
    }
  }
}
