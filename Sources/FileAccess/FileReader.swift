import Glibc

/// Reads one file or standard input in pieces; closed when it goes.
public struct FileReader: ~Copyable {
  public let path: String
  private let descriptor: Int32
  private let ownsDescriptor: Bool

  /// Opens `path`; "-" is standard input.
  public init(_ path: String) throws(FileError) {
    self.path = path
    ownsDescriptor = path != "-"
    descriptor = ownsDescriptor ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO
    if descriptor < 0 { throw FileError(path, errno: errno) }
  }

  deinit {
    if ownsDescriptor { close(descriptor) }
  }

  /// How many bytes the file holds; nil where that is not known before it is read, as for a pipe.
  public var size: Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Appends what one system call reads, at most `limit` bytes, and answers how many; 0 at the end of the file.
  public func append(to bytes: inout [UInt8], atMost limit: Int) throws(FileError) -> Int {
    let before = bytes.count
    try bytes.append(addingCapacity: max(0, limit)) { (free: inout OutputSpan<UInt8>) throws(FileError) in
      try fill(&free)
    }
    return bytes.count - before
  }

  private func fill(_ free: inout OutputSpan<UInt8>) throws(FileError) {
    var code: Int32 = 0
    free.withUnsafeMutableBufferPointer { buffer, initialized in
      guard let start = buffer.baseAddress else { return }
      repeat {
        let count = read(descriptor, start + initialized, buffer.count - initialized)
        code = count < 0 ? errno : 0
        initialized += max(0, count)
      } while code == EINTR
    }
    if code != 0 { throw FileError(path, errno: code) }
  }
}

/// The whole of a file, or of standard input for "-"; more than `limit` bytes are refused, unread where the size is known.
public func readFile(_ path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
  let reader = try FileReader(path)
  let size = reader.size ?? 0
  if size > limit { throw FileError(path, tooLarge: limit) }
  var bytes = [UInt8]()
  // One byte more than the size, so that the second call meets the end without growing the array.
  var chunk = max(size, 16 << 10) + 1
  while try reader.append(to: &bytes, atMost: chunk) > 0 {
    if bytes.count > limit { throw FileError(path, tooLarge: limit) }
    chunk = max(bytes.count, 16 << 10)
  }
  return bytes
}
