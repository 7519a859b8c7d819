#if PostgreSQL
  import Dispatch

  /// Runs an actor's work on a queue of its own: libpq's calls block, and tasks share as many threads as there are cores.
  final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "docket.postgresql")

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
  }
#endif
