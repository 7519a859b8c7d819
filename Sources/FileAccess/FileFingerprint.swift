import Glibc

/// What a file looks like from outside: writing it anew changes it, as far as the file system's clock can tell.
public struct FileFingerprint: Hashable, Sendable {
  public let path: String
  private var size: Int64 = -1
  private var inode: UInt64 = 0
  private var seconds = 0
  private var nanoseconds = 0

  /// One system call; a file that is not there has a fingerprint, too.
  public init(_ path: String) {
    self.path = path
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    size = Int64(status.st_size)
    inode = UInt64(status.st_ino)
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }
}
