import Glibc
import Synchronization

/// Writes whole lines, one after the other, whoever writes them.
final class OutputStream: Sendable {
  private let descriptor: Mutex<Int32>

  init(_ descriptor: Int32) { self.descriptor = Mutex(descriptor) }

  /// Whoever does not read what we say is gone: there is nobody left to tell.
  func write(_ line: [UInt8]) {
    descriptor.withLock { descriptor in
      line.withUnsafeBytes { bytes in
        var rest = bytes[...]
        while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
          let count = Glibc.write(descriptor, start, rest.count)
          if count < 0, errno != EINTR { return }
          rest = rest.dropFirst(max(0, count))
        }
      }
    }
  }
}
