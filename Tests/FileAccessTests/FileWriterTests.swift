import FileAccess
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("A written file")
struct FileWriterTests {
  let folder: String

  init() {
    var template = Array("/tmp/docket-files-XXXXXX".utf8CString)
    _ = mkdtemp(&template)
    folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

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

  private func write(_ text: String, to path: String) throws {
    var writer = try FileWriter(path)
    try writer.write(Array(text.utf8))
    try writer.commit()
  }
}
