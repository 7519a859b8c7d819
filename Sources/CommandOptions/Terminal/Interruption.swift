import FileAccess
import Glibc
import ProcessAccess

/// Ctrl-C and SIGTERM: unfinished files are removed, then the process ends as the signal asks.
///
/// A handler may hardly do anything, so it writes the signal's number into a pipe, and a thread that waits for it there
/// does the work. To block the signals and wait for them would not do: the runtime's main thread unblocks all signals
/// (libdispatch, `_dispatch_sigsuspend`), and the first one would end the process.
package enum Interruption {
  private static let ends: (read: Int32, write: Int32) = {
    var descriptors: [Int32] = [-1, -1]
    pipe(&descriptors)
    return (descriptors[0], descriptors[1])
  }()

  /// Called once, first of all.
  package static func prepare(handlingSignals: Bool = true) {
    // A reader that went away is an error of the write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    guard handlingSignals, ends.write >= 0 else { return }
    var thread = pthread_t()
    pthread_create(&thread, nil, { _ in Interruption.awaitSignal() }, nil)
    for number in [SIGINT, SIGTERM] { signal(number) { Interruption.pass(on: $0) } }
  }

  /// Runs in the handler.
  private static func pass(on number: Int32) {
    let code = errno
    var byte = UInt8(truncatingIfNeeded: number)
    write(ends.write, &byte, 1)
    errno = code
  }

  private static func awaitSignal() -> Never {
    var byte: UInt8 = 0
    while read(ends.read, &byte, 1) != 1 {}
    UnfinishedFiles.removeAll()
    RunningProcesses.killAll()
    // The shell's convention for a process that a signal ended.
    _exit(128 + Int32(byte))
  }
}
