import FileAccess
import Foundation
import Testing

@Suite("Files below a folder")
final class FolderTests {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "docket-\(UUID().uuidString)"
    for path in ["a/b", "a-b", ".hidden"] {
      try FileManager.default.createDirectory(atPath: "\(folder)/\(path)", withIntermediateDirectories: true)
    }
    for path in ["a/b/2", "a/1", "a-b/3", ".hidden/4", "a/.5", "B", "é"] {
      try Data("x".utf8).write(to: URL(filePath: "\(folder)/\(path)"))
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(path)", withDestinationPath: target)
  }

  private func names(below folder: String) throws -> [String] {
    try filesBelow(folder).map { String($0.dropFirst(self.folder.count)) }
  }

  @Test("come in the order of their bytes, without hidden ones")
  func order() throws {
    #expect(try names(below: folder) == ["/B", "/a-b/3", "/a/1", "/a/b/2", "/é"])
    #expect(try names(below: folder + "/") == ["/B", "/a-b/3", "/a/1", "/a/b/2", "/é"])
  }

  @Test("end where links lead in a circle, and each folder is entered once")
  func circle() throws {
    for name in ["x", "y", "z"] { try link("a/b/\(name)", to: "../..") }
    try link("a/b/w", to: ".")
    #expect(try names(below: folder) == ["/B", "/a-b/3", "/a/1", "/a/b/2", "/é"])
  }

  @Test("hold broken links, so that whoever reads them hears of it, but no pipes")
  func broken() throws {
    try link("a/nowhere", to: "missing")
    #expect(mkfifo("\(folder)/a/pipe", 0o600) == 0)
    #expect(try names(below: folder + "/a") == ["/a/1", "/a/b/2", "/a/nowhere"])
    #expect(kindOfFile("\(folder)/a/nowhere") == nil)
    #expect(kindOfFile("\(folder)/a/pipe") == .other)
  }

  @Test("of a folder that does not exist are an error")
  func missing() {
    let error = #expect(throws: FileError.self) { try filesBelow("\(folder)/none") }
    #expect(error?.message == "\(folder)/none: No such file or directory")
  }

  @Test("that match a pattern come in order, and none is no error")
  func pattern() {
    #expect(paths(matching: "\(folder)/a*") == ["\(folder)/a", "\(folder)/a-b"])
    #expect(paths(matching: "\(folder)/x*") == [])
  }
}
