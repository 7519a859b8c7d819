import Foundation
import PluginProtocol
import RuleSchema
import RuleSyntax
import Testing

/// What jsonschema (Python) makes of rule files that are read as YAML 1.2 is.
@Suite(
  "The JSON Schema of rule files",
  .enabled(if: Python.path != nil, "python3 with jsonschema and yaml is not here"))
struct SchemaTests {
  @Test("accepts every rule file of the project")
  func rules() throws {
    let files = ["rules", "Benchmarks/service/rules", "Tests/RuleSyntaxTests/Fixtures/complete"]
      .flatMap { Project.yamlFiles(below: $0) }.filter {
        !$0.contains("/holidays/") && !$0.hasSuffix(".test.yaml")
      }
    #expect(files.count >= 25)
    for (file, problem) in try Python.problems(files, .rules) { #expect(problem == "", "\(file)") }
  }

  @Test("accepts every holiday file of the project")
  func holidays() throws {
    let files = Project.yamlFiles(below: "rules").filter { $0.contains("/holidays/") }
    #expect(files.count >= 2)
    for (file, problem) in try Python.problems(files, .holidays) { #expect(problem == "", "\(file)") }
  }

  @Test("accepts what the loader accepts, key by key, and refuses what it refuses")
  func samples() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "schema-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var isSound: [String: Bool] = [:]
    for (index, sample) in ConstructSample.all.enumerated() where sample.construct != .holidayFile {
      var texts = [(sample.complete, true)]
      if sample.key.isRequired { texts.append((sample.without, false)) }
      if sample.construct.otherKeys == nil { texts.append((sample.withUnknown, false)) }
      for (number, (text, expected)) in texts.enumerated() {
        let path = folder.appending(path: "\(index)-\(number).yaml").path
        try Data(text.utf8).write(to: URL(filePath: path))
        isSound[path] = expected
      }
    }
    let problems = try Python.problems(isSound.keys.sorted(), .rules)
    #expect(problems.count == isSound.count)
    for (file, problem) in problems {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      #expect(problem.isEmpty == isSound[file], "\(text)\(problem)")
    }
  }

  @Test("refuses files with unknown keys")
  func unknown() throws {
    let folders = ["calendars", "checks", "fields", "notifications", "sections-that-are-unknown", "windows"]
    let files = folders.flatMap { Project.yamlFiles(below: "Tests/RuleSyntaxTests/Fixtures/rulebook/\($0)") }
    #expect(files.count >= folders.count)
    for (file, problem) in try Python.problems(files, .rules) { #expect(problem != "", "\(file)") }
  }
}

@Suite("The reference of keys")
struct ReferencePageTests {
  @Test("is docs/rule-reference.md")
  func page() throws {
    let file = Project.root.appending(path: "docs/rule-reference.md")
    let text = ReferencePage.text()
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" { try Data(text.utf8).write(to: file) }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }
}

enum Project {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func yamlFiles(below folder: String) -> [String] {
    let folder = root.appending(path: folder)
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).map(\.path)
      .filter { $0.hasSuffix(".yaml") && !$0.contains("/samples/") }.sorted()
  }
}

enum Python {
  /// A Python that has jsonschema and yaml: of the project's own environment, the system's, or whatever comes first.
  static let path: String? = {
    let candidates = [Project.root.appending(path: ".build/python/bin/python3").path, "/usr/bin/python3"]
    return candidates.first { candidate in
      (try? run(candidate, ["-c", "import jsonschema, yaml"], input: ""))?.status == 0
    }
  }()

  /// What is wrong with each file by the schema of its kind; empty for nothing.
  static func problems(_ files: [String], _ kind: RuleFileKind) throws -> [String: String] {
    var schema: [UInt8] = []
    schema.appendIndentedJSON(JSONSchema.document(for: kind))
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "schema_check.py").path
    let schemaFile = FileManager.default.temporaryDirectory.appending(path: "schema-\(UUID()).json")
    try Data(schema).write(to: schemaFile)
    defer { try? FileManager.default.removeItem(at: schemaFile) }
    let result = try run(
      path ?? "python3", [script, schemaFile.path], input: files.joined(separator: "\n"))
    #expect(result.status == 0, "\(result.output)")
    return try JSONDecoder().decode([String: String].self, from: Data(result.output.utf8))
  }

  private static func run(
    _ program: String, _ arguments: [String], input: String
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let (stdin, stdout) = (Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = FileHandle.nullDevice
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
