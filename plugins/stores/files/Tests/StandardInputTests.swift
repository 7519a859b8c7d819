import Foundation
import PluginAPI
import Testing

@testable import FilesStore

@Suite("Standard input", .serialized)
struct StandardInputTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("is read once, plain or gzip, in a format that its content tells")
  func once() async throws {
    try redirect(to: "\(fixtures)/gzip/array.json.gz")
    let store = try await openStore("-")
    #expect(try await lines(of: store) == ["stdin:1: {\"id\":\"I-1\"}", "stdin:2: {\"id\":\"I-2\"}"])
    await #expect(
      throws: PluginError(
        .configuration, "standard input was read already, and it can be read once", pointer: "/path")
    ) { try await lines(of: store) }
  }

  @Test("may come in small pieces")
  func pipe() async throws {
    let pipe = Pipe()
    dup2(pipe.fileHandleForReading.fileDescriptor, 0)
    let writer = Thread {
      for byte in Array("{\"id\":1}\n{\"id\":2}".utf8) {
        try? pipe.fileHandleForWriting.write(contentsOf: [byte])
      }
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    #expect(try await lines(of: openStore("-")) == ["stdin:1: {\"id\":1}", "stdin:2: {\"id\":2}"])
  }

  private func redirect(to path: String) throws {
    let file = try FileHandle(forReadingFrom: URL(filePath: path))
    dup2(file.fileDescriptor, 0)
  }
}
