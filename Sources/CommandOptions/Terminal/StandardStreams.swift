import FileAccess
import Glibc

/// Text for standard output.
package enum StandardOutput {
  /// Whether it is a pipe that nobody reads any more, as after `| head`.
  package static var hasLostItsReader: Bool {
    var stream = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
    return poll(&stream, 1, 0) > 0 && stream.revents & Int16(POLLERR) != 0
  }

  package static func write(_ text: String) throws(Failure) { try write(Array(text.utf8)) }

  package static func write(_ bytes: [UInt8]) throws(Failure) {
    do {
      try FileWriter("-").write(bytes)
    } catch {
      throw Failure(error, status: .failure)
    }
  }
}

/// Text for standard error; what cannot be written there cannot be reported anywhere.
package enum StandardError {
  package static func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
