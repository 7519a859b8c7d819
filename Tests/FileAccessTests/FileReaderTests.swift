import FileAccess
import Foundation
import Testing

@Suite("A file over the limit")
struct FileReaderTests {
  @Test("is refused, by its size alone where that is known")
  func limit() throws {
    let path = NSTemporaryDirectory() + "docket-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("12345".utf8).write(to: URL(filePath: path))
    #expect(try readFile(path, limit: 5).count == 5)
    #expect(throws: FileError.self) { try readFile(path, limit: 4) }
    // A sparse file of 1 GiB: reading it would need that much memory.
    try FileHandle(forUpdating: URL(filePath: path)).truncate(atOffset: 1 << 30)
    let error = #expect(throws: FileError.self) { try readSource(path, named: "r.yaml", limit: 8 << 20) }
    #expect(error?.message == "\(path): more than 8388608 bytes, which is the limit")
  }

  @Test("that has no size, such as a pipe or device, is refused when it grows over the limit")
  func device() {
    #expect(throws: FileError.self) { try readFile("/dev/zero", limit: 1 << 20) }
  }
}
