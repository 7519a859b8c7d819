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

/// The whole of a file, or of standard input for "-".
public func readFile(_ path: String) throws(FileError) -> [UInt8] {
  let reader = try FileReader(path)
  var bytes = [UInt8](repeating: 0, count: 64 << 10)
  var count = 0
  while true {
    if count == bytes.count { bytes += [UInt8](repeating: 0, count: bytes.count) }
    let read = try reader.read(into: &bytes, from: count)
    if read == 0 { break }
    count += read
  }
  bytes.removeLast(bytes.count - count)
  return bytes
}

/// A text file with its path as messages show it.
public func readSource(_ path: String, named name: String? = nil) throws(FileError) -> SourceText {
  SourceText(path: name ?? path, bytes: try readFile(path))
}
