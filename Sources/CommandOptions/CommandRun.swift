package import ArgumentParser
import Glibc

extension AsyncParsableCommand {
  /// The whole of a program: runs the command that the arguments ask for, and ends the process with its exit code.
  ///
  /// An asynchronous `main` would end the main thread, which unwinds it: in a program without shared libraries that sorts
  /// the unwinder's entries first and takes 24 ms. Like libdispatch's the thread that waits takes every signal, also those that
  /// whoever started the program had blocked.
  package static func runProcess() -> Never {
    Task {
      await runToEnd()
      exitProcess(.success)
    }
    var none = sigset_t()
    sigemptyset(&none)
    while true { sigsuspend(&none) }
  }

  /// Runs the command that the arguments ask for, and ends the process with its exit code where it fails.
  ///
  /// - Parameter handlingSignals: false for a command that sees to SIGINT and SIGTERM itself.
  package static func runToEnd(handlingSignals: Bool = true) async {
    Interruption.prepare(handlingSignals: handlingSignals)
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      finish(with: error)
    }
  }

  private static func finish(with error: any Error) -> Never {
    switch error {
    case let exit as ExitStatus: exitProcess(exit)
    case let failure as Failure:
      if failure.isBrokenPipe { exitProcess(.success) }
      StandardError.write(failure.text)
      exitProcess(failure.status)
    default:
      // Help and version are "errors" of the parser that are not failures.
      let message = fullMessage(for: error)
      if exitCode(for: error) == .success {
        try? StandardOutput.write(message + "\n")
        exitProcess(.success)
      }
      StandardError.write(message + "\n")
      exitProcess(.usage)
    }
  }
}
