import Glibc

/// Lets another program take this process's place, with its streams and its number; returns only where that fails.
///
/// - Parameter arguments: without the program's own name.
/// - Returns: why it failed.
public func replaceProcess(by path: String, _ arguments: [String]) -> String {
  var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
  words.append(nil)
  execv(path, words)
  let reason = String(cString: strerror(errno))
  for word in words { free(word) }
  return reason
}

/// The path of the program that this process runs; nil where the system does not tell.
public func pathOfThisProgram() -> String? {
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
  let count = readlink("/proc/self/exe", &buffer, buffer.count)
  guard count > 0 else { return nil }
  return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
}
