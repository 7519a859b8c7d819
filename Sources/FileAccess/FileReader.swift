public import Diagnostics
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

  /// The size of a regular file in bytes; 0 for what has none, such as a pipe.
  public func size() throws(FileError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(path, errno: errno) }
    return status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
  }

  /// Fills `buffer[offset...]` as far as one system call does; 0 at the end of the file.
  public func read(into buffer: inout [UInt8], from offset: Int) throws(FileError) -> Int {
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        Glibc.read(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
      }
      if count >= 0 { return count }
      if errno != EINTR { throw FileError(path, errno: errno) }
    }
  }
}

/// The whole of a file, or of standard input for "-". One of more than `limit` bytes is refused (EFBIG), and not read
/// where its size is known.
public func readFile(_ path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
  let reader = try FileReader(path)
  if try reader.size() > limit { throw FileError(path, errno: EFBIG) }
  var bytes = [UInt8](repeating: 0, count: 64 << 10)
  var count = 0
  while true {
    if count == bytes.count { bytes += [UInt8](repeating: 0, count: bytes.count) }
    let read = try reader.read(into: &bytes, from: count)
    if read == 0 { break }
    count += read
    if count > limit { throw FileError(path, errno: EFBIG) }
  }
  bytes.removeLast(bytes.count - count)
  return bytes
}

/// A text file with its path as messages show it.
public func readSource(_ path: String, named name: String? = nil, limit: Int = .max) throws(FileError)
  -> SourceText
{
  SourceText(path: name ?? path, bytes: try readFile(path, limit: limit))
}
