import Glibc

/// Why a file could not be read or written.
public struct FileError: Error, Hashable, Sendable {
  public var path: String
  /// The system's word for it, such as "No such file or directory".
  public var reason: String
  /// The system's number for it, from `errno`.
  public var code: Int32

  init(_ path: String, errno code: Int32) {
    self.path = path
    self.code = code
    reason = String(cString: strerror(code))
  }

  init(_ path: String, tooLarge limit: Int) {
    self.path = path
    code = EFBIG
    reason = "more than \(limit) bytes, which is the limit"
  }

  /// A file that a folder in memory does not hold.
  public init(_ path: String, missingIn folder: String) {
    self.path = path
    code = ENOENT
    reason = "no such file in \(folder)"
  }

  public var message: String { "\(path == "-" ? "standard output" : path): \(reason)" }
}
