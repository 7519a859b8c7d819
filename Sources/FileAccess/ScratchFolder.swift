import Glibc

/// A new folder for files that nobody needs afterwards.
public struct ScratchFolder: Sendable {
  public let path: String

  /// Makes it below `parent`, the system's folder for such things.
  public init(in parent: String) throws(FileError) {
    // mkdtemp puts its own letters in place of the six at the end, which must be these.
    var template = Array("\(parent)/docket-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw FileError(parent, errno: errno) }
    path = String(cString: made)
  }

  /// Removes it with all that is in it, as far as the system lets us; links are not followed.
  public func remove() { Self.remove(path) }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in (try? namesIn(path)) ?? [] { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

/// Makes the folder `path`, and those that it stands in.
public func makeFolder(_ path: String) throws(FileError) {
  if kindOfFile(path) == .folder { return }
  if let slash = path.lastIndex(of: "/"), slash > path.startIndex { try makeFolder(String(path[..<slash])) }
  guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw FileError(path, errno: errno) }
}
