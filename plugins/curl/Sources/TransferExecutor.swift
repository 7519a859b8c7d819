#if Curl
  import Dispatch

  /// Runs an actor's work on a queue of its own, so that waiting for a server holds up no other task.
  ///
  /// Tasks share as many threads as there are cores (SE-0338); libcurl's easy interface blocks the thread that it runs on.
  final class TransferExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "docket.transfer")

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
  }
#endif
