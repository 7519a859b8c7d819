import Glibc

/// What stands at a path.
public enum FileKind: Hashable, Sendable { case file, folder, other }

/// The kind of what stands at `path`, following links; nil where there is nothing.
public func kindOfFile(_ path: String) -> FileKind? {
  var status = stat()
  guard stat(path, &status) == 0 else { return nil }
  switch status.st_mode & S_IFMT {
  case S_IFREG: return .file
  case S_IFDIR: return .folder
  default: return .other
  }
}

/// How many bytes the file at `path` holds; nil where there is none, or where that is not known before it is read.
public func sizeOfFile(_ path: String) -> Int? {
  var status = stat()
  guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
  return Int(status.st_size)
}

/// The paths of all files below `folder`, recursively, in order of their bytes; hidden names are left out.
///
/// A folder that several links lead to is entered once. A name that leads nowhere, such as a broken link, is listed, so
/// that whoever wants to read it hears of it. Pipes and devices are left out.
public func filesBelow(_ folder: String) throws(FileError) -> [String] {
  var walk = FolderWalk()
  try walk.enter(folder)
  return walk.found.sortedByBytes()
}

private struct FolderWalk {
  struct Identity: Hashable {
    var device: UInt
    var inode: UInt
  }

  var found = [String]()
  private var entered = Set<Identity>()

  mutating func enter(_ folder: String) throws(FileError) {
    var status = stat()
    guard stat(folder, &status) == 0 else { throw FileError(folder, errno: errno) }
    guard entered.insert(Identity(device: status.st_dev, inode: status.st_ino)).inserted else { return }
    for name in try namesIn(folder).sortedByBytes() where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      switch kindOfFile(path) {
      case .file, nil: found.append(path)
      case .folder: try enter(path)
      case .other: break
      }
    }
  }
}

extension [String] {
  fileprivate func sortedByBytes() -> [String] {
    sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// The paths that a shell pattern matches, in order; empty where it matches none.
public func paths(matching pattern: String) -> [String] {
  var result = glob_t()
  defer { globfree(&result) }
  guard glob(pattern, 0, nil, &result) == 0 else { return [] }
  return (0..<Int(result.gl_pathc)).compactMap { result.gl_pathv[$0].map { String(cString: $0) } }
}

/// The names in `folder`, in no order, without "." and "..".
public func namesIn(_ folder: String) throws(FileError) -> [String] {
  guard let stream = opendir(folder) else { throw FileError(folder, errno: errno) }
  defer { closedir(stream) }
  var names = [String]()
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}
