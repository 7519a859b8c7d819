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

/// The paths of all files below `folder`, recursively, in order of their bytes; hidden names are left out.
public func filesBelow(_ folder: String) throws(FileError) -> [String] {
  var found = [String]()
  for name in try namesIn(folder) where !name.hasPrefix(".") {
    let path = "\(folder)/\(name)"
    switch kindOfFile(path) {
    case .file: found.append(path)
    case .folder: found += try filesBelow(path)
    default: break
    }
  }
  return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

/// The paths that a shell pattern matches, in order; empty where it matches none.
public func paths(matching pattern: String) -> [String] {
  var result = glob_t()
  defer { globfree(&result) }
  guard glob(pattern, 0, nil, &result) == 0 else { return [] }
  return (0..<Int(result.gl_pathc)).compactMap { result.gl_pathv[$0].map { String(cString: $0) } }
}

private func namesIn(_ folder: String) throws(FileError) -> [String] {
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
