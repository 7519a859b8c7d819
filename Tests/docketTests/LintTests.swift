import Foundation
import Testing

@Suite("docket lint")
struct LintTests {
  static let rules = """
    format: 1
    rulebook: desk
    fields:
      type: {type: choice, required: true, values: [fault, question]}
      urgent: {type: boolean, required: true}
      product: {type: string}
    tables:
      queue:
        hit: first
        inputs: [type, urgent, product]
        outputs: [queue]
        rows:
          - {id: Q-1, type: fault, queue: repair}
          # This one comes too late.
          - {id: Q-2, type: fault, urgent: 'true', queue: hot-line}   # never
          - id: Q-3
            urgent: 'true'
            queue: hot-line
        otherwise: {queue: desk}

    """

  private func folder(_ rules: String) throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/desk", withIntermediateDirectories: true)
    try Data(rules.utf8).write(to: URL(filePath: folder.path + "/desk/rules.yaml"))
    return folder
  }

  private func text(_ folder: TemporaryFolder) throws -> String {
    try String(contentsOfFile: folder.path + "/desk/rules.yaml", encoding: .utf8)
  }

  private func lint(_ folder: TemporaryFolder, _ options: String...) throws -> Program.Result {
    try Program.run(["lint", "desk", "--as-of", "2026-06-15T09:00:00Z"] + options, in: folder.path)
  }

  @Test("makes the changes that are mechanical, says so, and has nothing left to do")
  func fix() throws {
    let folder = try folder(Self.rules)
    let result = try lint(folder, "--fix")
    #expect(result.status == 0)
    #expect(
      result.output.hasPrefix(
        """
        rules.yaml:10: fixed: remove the input 'product'
        rules.yaml:15: fixed: remove the row Q-2
        desk: 0 errors, 0 warnings, 2 notes (--notes); desk@
        """))
    let mended = Self.rules.replacing(", product]", with: "]").replacing(
      "      - {id: Q-2, type: fault, urgent: 'true', queue: hot-line}   # never\n", with: "")
    #expect(try text(folder) == mended)
    let again = try lint(folder, "--fix")
    #expect(!again.output.contains("fixed"))
    #expect(try text(folder) == mended)
  }

  @Test("replaces names that are nearly right until the rules load")
  func names() throws {
    let folder = try folder(
      Self.rules.replacing("required: true", with: "requird: true").replacing(
        "inputs: [type, urgent", with: "inputs: [tpe, urgnt"))
    let result = try lint(folder, "--fix")
    #expect(result.output.contains("rules.yaml:4: fixed: replace 'requird' by 'required'"))
    #expect(try text(folder).contains("type: {type: choice, required: true,"))
  }

  @Test("writes nothing that would load worse")
  func refusal() throws {
    // Without its only row the table would be refused.
    let rules = """
      format: 1
      rulebook: desk
      fields:
        users: {type: integer, min: 0}
      tables:
        queue:
          hit: first
          inputs: [users]
          outputs: [queue]
          rows:
            - {id: Q-1, users: '< 0', queue: repair}
          otherwise: {queue: desk}

      """
    let folder = try folder(rules)
    let result = try lint(folder, "--fix")
    #expect(
      result.output.hasPrefix("rules.yaml:11: not fixed, because it makes things worse: remove the row Q-1\n")
    )
    #expect(try text(folder) == rules)
  }

  @Test("removes rows of a table in CSV")
  func csv() throws {
    let rows = "id,type,urgent,queue\nQ-1,fault,,repair\nQ-2,fault,true,hot-line\nQ-3,,true,hot-line\n"
    let start = Self.rules.range(of: "    rows:\n").map { Self.rules[..<$0.lowerBound] } ?? ""
    let folder = try folder(
      start.replacing(", product]", with: "]") + "    rows: queue.csv\n    otherwise: {queue: desk}\n")
    let file = URL(filePath: folder.path + "/desk/queue.csv")
    try Data(rows.utf8).write(to: file)
    #expect(try lint(folder, "--fix").output.contains("queue.csv:3: fixed: remove the row Q-2"))
    let mended = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(mended == rows.replacing("Q-2,fault,true,hot-line\n", with: ""))
  }

  @Test("fails from the level on that --fail-on names, and differently where the rules do not load")
  func status() throws {
    let folder = try folder(Self.rules)
    #expect(try lint(folder).status == 0)
    #expect(try lint(folder, "--fail-on", "warning").status == 1)
    let overlapping = try self.folder(Self.rules.replacing("hit: first", with: "hit: unique"))
    #expect(try lint(overlapping).status == 1)
    #expect(try lint(overlapping, "--fail-on", "never").status == 0)
    let broken = try self.folder(Self.rules.replacing("hit: first", with: "hit: frist"))
    #expect(try lint(broken, "--fail-on", "never").status == 2)
  }

  @Test("shows notes where it is asked to")
  func notes() throws {
    let folder = try folder(Self.rules)
    #expect(try !lint(folder).output.contains("table-gap"))
    #expect(try lint(folder, "--notes").output.contains("info: no row of tables.queue holds for"))
  }

  @Test("warns of holidays that end in the year that it is told")
  func holidays() throws {
    let folder = try folder(
      Self.rules + "calendars:\n  office: {weekly_hours: {mon: [09:00-12:00]}, holidays: [2026-10-01]}\n")
    #expect(try lint(folder).output.contains("[holidays-end]"))
    let before = try Program.run(["lint", "desk", "--as-of", "2025-12-31T23:00:00Z"], in: folder.path)
    #expect(!before.output.contains("[holidays-end]"))
  }

  @Test("prints the page of a code")
  func explain() throws {
    let page = try Program.run(["lint", "--explain", "subsumed-row"], in: Folders.repository)
    #expect(page.status == 0 && page.output.hasPrefix("subsumed-row\n\nWherever a row holds, "))
    let unknown = try Program.run(["lint", "--explain", "subsumed-rows"], in: Folders.repository)
    #expect(unknown.status == 2)
    #expect(
      unknown.errors
        == "error: there is no message with the code 'subsumed-rows'\n  = did you mean 'subsumed-row'?\n")
  }
}
