import FileAccess
import Glibc

/// Ctrl-C and SIGTERM: unfinished files are removed, then the process ends as the signal asks.
///
/// The signals are blocked in every thread and awaited by one of their own, which may therefore take locks; a handler
/// may not.
enum Interruption {
  /// Called once, before any other thread exists.
  static func prepare() {
    // A reader that went away is an error of the write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    var thread = pthread_t()
    pthread_create(&thread, nil, { _ in Interruption.awaitSignal() }, nil)
  }

  private static func awaitSignal() -> Never {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    var received: Int32 = 0
    sigwait(&signals, &received)
    UnfinishedFiles.removeAll()
    // The shell's convention for a process that a signal ended.
    _exit(128 + received)
  }
}
