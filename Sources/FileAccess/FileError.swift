import Glibc

/// Why a file could not be read or written.
public struct FileError: Error, Hashable, Sendable {
  public var path: String
  /// The system's word for it, such as "No such file or directory".
  public var reason: String
  public var code: Int32

  init(_ path: String, errno code: Int32) {
    self.path = path
    self.code = code
    reason = String(cString: strerror(code))
  }

  public var message: String { "\(path): \(reason)" }
}
