import Glibc

/// Writes a file beside its target and moves it into place on `commit`, so that nobody ever sees half of it.
///
/// "-" is standard output, which is written at once. Dropped without `commit`, the target stays as it was.
public struct FileWriter: ~Copyable {
  public let path: String
  private let descriptor: Int32
  private let temporary: String?
  private var committed = false

  public init(_ path: String) throws(FileError) {
    self.path = path
    if path == "-" {
      temporary = nil
      descriptor = STDOUT_FILENO
    } else {
      let name = "\(path).\(getpid()).partial"
      temporary = name
      descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      if descriptor < 0 {
        let code = errno
        throw FileError(path, errno: code)
      }
      UnfinishedFiles.add(name)
    }
  }

  deinit {
    guard let temporary else { return }
    close(descriptor)
    if !committed { unlink(temporary) }
    UnfinishedFiles.remove(temporary)
  }

  public func write(_ bytes: [UInt8]) throws(FileError) {
    try bytes.span.withUnsafeBytes { (bytes) throws(FileError) in try write(bytes) }
  }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var rest = bytes[...]
    while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
      let count = Glibc.write(descriptor, start, rest.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw FileError(path, errno: errno)
      }
    }
  }

  /// Makes the file visible under its name. Nothing may be written after it.
  public mutating func commit() throws(FileError) {
    guard let temporary else { return }
    guard rename(temporary, path) == 0 else { throw FileError(path, errno: errno) }
    committed = true
  }
}
