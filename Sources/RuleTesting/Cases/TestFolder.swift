public import Diagnostics
import Engine
public import FileAccess

/// The test files beside the rules of one folder.
public struct TestFolder: Sendable {
  /// In path order; paths are relative to the rulebook's folder.
  public let files: [SourceText]

  /// Reads `*.test.yaml` and `*.test.yml` below the folder of the rules.
  public init(_ path: String) throws(FileError) {
    let folder = try RulebookFolder(path)
    var files = [SourceText]()
    for name in folder.others where name.hasSuffix(".test.yaml") || name.hasSuffix(".test.yml") {
      files.append(try folder.resource(name))
    }
    self.files = files
  }
}
