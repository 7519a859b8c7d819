import Glibc

/// Writes a file beside its target and moves it into place on `commit`, so that nobody ever sees half of it.
///
/// Dropped without `commit`, the target stays as it was. Standard output ("-"), a pipe, a device and a file that is
/// appended to are written at once instead. Every write is a system call: callers gather what they write.
public struct FileWriter: ~Copyable {
  public let path: String
  private let target: String
  private let descriptor: Int32
  private let temporary: String?
  private var committed = false

  /// Begins a new file that takes the place of the one at `path`; of a link, its target's place.
  public init(_ path: String) throws(FileError) {
    let kind = path == "-" ? .other : kindOfFile(path)
    if kind == .folder { throw FileError(path, errno: EISDIR) }
    let target = resolvingLinks(path)
    let temporary = kind == .other ? nil : UnfinishedFiles.add(beside: target)
    descriptor = try openFile(temporary ?? path, temporary == nil ? 0 : O_CREAT | O_TRUNC, for: path)
    self.path = path
    self.target = target
    self.temporary = temporary
  }

  /// Writes behind what `path` holds already; an unfinished last line is ended first.
  public init(appendingTo path: String) throws(FileError) {
    descriptor = try openWithWholeLines(path)
    self.path = path
    target = path
    temporary = nil
  }

  /// Writes in place of what `path` holds, from its beginning and at once: for logs, which are worth most when unfinished.
  public init(overwriting path: String) throws(FileError) {
    descriptor = try openFile(path, O_CREAT | O_TRUNC, for: path)
    self.path = path
    target = path
    temporary = nil
  }

  deinit {
    guard descriptor != STDOUT_FILENO else { return }
    close(descriptor)
    guard let temporary else { return }
    if !committed { unlink(temporary) }
    UnfinishedFiles.remove(temporary)
  }

  /// Whether what is written can be read at once, before `commit`.
  public var writesInPlace: Bool { temporary == nil }

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
    guard rename(temporary, target) == 0 else { throw FileError(path, errno: errno) }
    committed = true
  }
}

/// Opens `name` for writing; errors speak of `path`.
private func openFile(_ name: String, _ flags: Int32, for path: String) throws(FileError) -> Int32 {
  if name == "-" { return STDOUT_FILENO }
  let descriptor = open(name, O_WRONLY | O_CLOEXEC | flags, 0o644)
  if descriptor >= 0 { return descriptor }
  let code = errno
  UnfinishedFiles.remove(name)
  throw FileError(path, errno: code)
}

private func openWithWholeLines(_ path: String) throws(FileError) -> Int32 {
  let descriptor = try openFile(path, O_CREAT | O_APPEND, for: path)
  var newline: UInt8 = 0x0A
  if path == "-" || !lacksFinalNewline(path) || Glibc.write(descriptor, &newline, 1) == 1 {
    return descriptor
  }
  let code = errno
  close(descriptor)
  throw FileError(path, errno: code)
}

private func lacksFinalNewline(_ path: String) -> Bool {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { return false }
  defer { close(descriptor) }
  var last: UInt8 = 0
  let end = lseek(descriptor, 0, SEEK_END)
  return end > 0 && pread(descriptor, &last, 1, end - 1) == 1 && last != 0x0A
}

/// The path without links and dots; as it is where nothing stands there.
public func resolvingLinks(_ path: String) -> String {
  guard let resolved = realpath(path, nil) else { return path }
  defer { free(resolved) }
  return String(cString: resolved)
}
