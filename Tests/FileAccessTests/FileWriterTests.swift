import FileAccess
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("A written file")
final class FileWriterTests {
  let folder: String

  init() {
    var template = Array("/tmp/docket-files-XXXXXX".utf8CString)
    _ = mkdtemp(&template)
    folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  @Test("stands under its name only after the commit")
  func commit() throws {
    let path = "\(folder)/out.txt"
    var writer = try FileWriter(path)
    try writer.write(Array("half".utf8))
    #expect(kindOfFile(path) == nil)
    try writer.commit()
    #expect(try readFile(path) == Array("half".utf8))
  }

  @Test("that is dropped leaves the old one as it was and no other behind")
  func dropped() throws {
    let path = "\(folder)/out.txt"
    try write("old", to: path)
    do {
      let writer = try FileWriter(path)
      try writer.write(Array("new".utf8))
    }
    #expect(try readFile(path) == Array("old".utf8))
    #expect(try filesBelow(folder) == [path])
  }

  @Test("in a folder that does not exist is an error with the system's reason")
  func noFolder() throws {
    let path = "\(folder)/missing/out.txt"
    #expect(throws: FileError.self) { _ = try FileWriter(path) }
    #expect(throws: FileError.self) { _ = try readFile(path) }
  }

  @Test("in a folder's place is refused")
  func folderInPlace() {
    let error = #expect(throws: FileError.self) { _ = try FileWriter(folder) }
    #expect(error?.message == "\(folder): Is a directory")
  }

  @Test("takes the place of the file that a link leads to, and the link stays")
  func link() throws {
    try write("old", to: "\(folder)/target")
    #expect(symlink("target", "\(folder)/link") == 0)
    try write("new", to: "\(folder)/link")
    #expect(try readFile("\(folder)/target") == Array("new".utf8))
    var status = stat()
    #expect(lstat("\(folder)/link", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(try filesBelow(folder) == ["\(folder)/link", "\(folder)/target"])
  }

  @Test("of two writers is whole, the last one's")
  func twice() throws {
    let path = "\(folder)/out.txt"
    var first = try FileWriter(path)
    var second = try FileWriter(path)
    try first.write(Array("first".utf8))
    try second.write(Array("2".utf8))
    try first.commit()
    try second.commit()
    #expect(try readFile(path) == Array("2".utf8))
    #expect(try filesBelow(folder) == [path])
  }

  @Test(
    "that is appended to grows by whole lines", arguments: [("", "x\n"), ("a\n", "a\nx\n"), ("a", "a\nx\n")])
  func append(before: String, after: String) throws {
    let path = "\(folder)/out.txt"
    try write(before, to: path)
    let writer = try FileWriter(appendingTo: path)
    try writer.write(Array("x\n".utf8))
    #expect(try readFile(path) == Array(after.utf8))
    let writesInPlace = writer.writesInPlace
    #expect(writesInPlace)
  }

  @Test("is removed, unfinished, when the run is interrupted")
  func interrupted() async {
    await #expect(processExitsWith: .success) {
      let path = "/tmp/docket-interrupted-\(getpid())"
      var writer = try FileWriter(path)
      try writer.write(Array("half".utf8))
      let before = paths(matching: "\(path)*").count
      UnfinishedFiles.removeAll()
      #expect(before == 1 && paths(matching: "\(path)*").isEmpty)
      #expect(throws: FileError.self) { try writer.commit() }
    }
  }

  private func write(_ text: String, to path: String) throws {
    var writer = try FileWriter(path)
    try writer.write(Array(text.utf8))
    try writer.commit()
  }
}
