import Glibc
import Synchronization

/// The temporary files that a signal must remove: Ctrl-C leaves no half-written file behind.
public enum UnfinishedFiles {
  private static let names = Mutex<Set<String>>([])

  static func add(_ name: String) { names.withLock { _ = $0.insert(name) } }
  static func remove(_ name: String) { names.withLock { _ = $0.remove(name) } }

  /// Called by the command line when it is interrupted, before it exits.
  public static func removeAll() {
    names.withLock { names in
      for name in names { unlink(name) }
      names.removeAll()
    }
  }
}
