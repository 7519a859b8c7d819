import Glibc
import Synchronization

/// The temporary files that a signal must remove: Ctrl-C leaves no half-written file behind.
public enum UnfinishedFiles {
  private struct State {
    var names = Set<String>()
    var count = 0
  }

  private static let state = Mutex(State())

  /// Remembers and answers a name beside `target` that no other writer uses.
  static func add(beside target: String) -> String {
    state.withLock { state in
      state.count += 1
      let name = "\(target).\(getpid())-\(state.count).partial"
      state.names.insert(name)
      return name
    }
  }

  static func remove(_ name: String) { state.withLock { _ = $0.names.remove(name) } }

  /// Called by the command line when it is interrupted, before it exits.
  public static func removeAll() {
    state.withLock { state in
      for name in state.names { unlink(name) }
      state.names.removeAll()
    }
  }
}
