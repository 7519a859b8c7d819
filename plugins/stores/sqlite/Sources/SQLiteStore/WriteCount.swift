#if SQLite
  import Synchronization

  /// How often decisions have been written, so that readings know of it.
  final class WriteCount: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func increment() { count.add(1, ordering: .relaxed) }
  }
#endif
