#if Curl
  import CCurl
  import Synchronization

  /// What the server sends, up to a limit that no honest answer reaches.
  final class IncomingBytes {
    static let limit = 1 << 20

    private(set) var bytes = [UInt8]()

    /// libcurl takes any number but the one it passed for an error.
    static let receive: curl_write_callback = { data, size, count, context in
      guard let data, let context else { return 0 }
      let incoming = Unmanaged<IncomingBytes>.fromOpaque(context).takeUnretainedValue()
      let length = size * count
      guard incoming.bytes.count + length <= limit else { return 0 }
      incoming.bytes.append(contentsOf: UnsafeRawBufferPointer(start: data, count: length))
      return length
    }
  }

  /// What is uploaded.
  final class OutgoingBytes {
    let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    static let send: curl_read_callback = { buffer, size, count, context in
      guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
      let outgoing = Unmanaged<OutgoingBytes>.fromOpaque(context).takeUnretainedValue()
      return outgoing.fill(UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
      let piece = bytes[position...].prefix(buffer.count)
      buffer.copyBytes(from: piece)
      position += piece.count
      return piece.count
    }
  }

  /// Whether the task that waits for a transfer was cancelled.
  final class Interruption: Sendable {
    private let isRequested = Atomic(false)

    func request() { isRequested.store(true, ordering: .relaxed) }

    /// libcurl asks at least once a second, and ends the transfer for anything but 0.
    static let poll: curl_xferinfo_callback = { context, _, _, _, _ in
      guard let context else { return 0 }
      let interruption = Unmanaged<Interruption>.fromOpaque(context).takeUnretainedValue()
      return interruption.isRequested.load(ordering: .relaxed) ? 1 : 0
    }
  }
#endif
