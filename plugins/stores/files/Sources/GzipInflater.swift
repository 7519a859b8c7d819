import CZlib

/// Inflates gzip data (RFC 1952) piece by piece; several members in one file make one text.
struct GzipInflater: ~Copyable {
  enum Failure: Error { case corrupt(String) }

  /// zlib keeps the stream's address, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  /// Whether the input may end here: after a whole member.
  private(set) var isBetweenMembers = false

  init() throws(Failure) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 16 selects the gzip wrapper, 15 the largest window (zlib.h, inflateInit2).
    let status = inflateInit2_(stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw .corrupt(Self.reason(status, stream)) }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Inflates as much of `input` as fits into `output`; answers how many bytes of `input` it took.
  mutating func inflate(
    _ input: UnsafeBufferPointer<UInt8>, into output: inout OutputSpan<UInt8>
  ) throws(Failure) -> Int {
    let padding = isBetweenMembers ? input.prefix { $0 == 0 }.count : 0
    guard padding < input.count else { return padding }
    if isBetweenMembers { inflateReset(stream) }
    isBetweenMembers = false
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + padding })
    stream.pointee.avail_in = UInt32(clamping: input.count - padding)
    let status = step(into: &output)
    isBetweenMembers = status == Z_STREAM_END
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      throw .corrupt(Self.reason(status, stream))
    }
    return input.count - Int(stream.pointee.avail_in)
  }

  private func step(into output: inout OutputSpan<UInt8>) -> Int32 {
    output.withUnsafeMutableBufferPointer { buffer, initialized in
      stream.pointee.next_out = buffer.baseAddress.map { $0 + initialized }
      stream.pointee.avail_out = UInt32(clamping: buffer.count - initialized)
      let room = stream.pointee.avail_out
      let status = CZlib.inflate(stream, Z_NO_FLUSH)
      initialized += Int(room - stream.pointee.avail_out)
      return status
    }
  }

  private static func reason(_ status: Int32, _ stream: UnsafeMutablePointer<z_stream>) -> String {
    stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
  }
}
