import Foundation
import Testing

@Suite("docket diff")
struct DiffTests {
  private struct Summary: Decodable {
    struct Transition: Decodable {
      var before: String?
      var after: String?
      var tickets: Int
    }
    struct Decision: Decodable {
      var name: String
      var changed: Int
      var transitions: [Transition]
    }
    struct Window: Decodable {
      var id: String
      var added: Int
      var gone: Int
      var due_earlier: Int
      var due_later: Int
      var due_other: Int
      var more_breaches: Int
      var fewer_breaches: Int
    }
    struct Finding: Decodable {
      var rule: String
      var field: String?
      var more: Int
      var fewer: Int
    }
    var tickets: Int
    var changed: Int
    var decisions: [Decision]
    var windows: [Window]
    var findings: [Finding]
  }

  /// A ticket as `docket check` decides it.
  private struct Decision: Decodable {
    struct Priority: Decodable { var level: String }
    struct Window: Decodable {
      var id: String
      var state: String
      var due_at: String?
    }
    struct Finding: Decodable {
      var rule: String
      var field: String?
    }
    var ticket: String
    var priority: Priority
    var windows: [Window]
    var findings: [Finding]

    func window(_ id: String) -> Window? { windows.first { $0.id == id } }
    func count(_ rule: String, _ field: String) -> Int {
      findings.count { $0.rule == rule && $0.field == field }
    }
  }

  private static let instant = "2017-03-01T00:00:00Z"

  /// The rules for incidents with a level, a target and a required field changed.
  private static func changedRules() throws -> TemporaryFolder {
    let folder = try TemporaryFolder(copyOf: Folders.repository + "/rules/servicenow-incidents")
    try folder.replace("priorities.yaml", "urgency: '1', priority: moderate", "urgency: '1', priority: high")
    try folder.replace(
      "priorities.yaml", "impact: '2', urgency: '3', priority: low",
      "impact: '2', urgency: '3', priority: moderate")
    try folder.replace("windows.yaml", "target: 8 working hours", "target: 4 working hours")
    try folder.replace(
      "required-fields.yaml", "fields: [closed_at, closed_code]", "fields: [closed_at, closed_code, rfc]")
    return folder
  }

  private static func decisions(_ rules: String) throws -> [Decision] {
    let result = try Program.run(
      [
        "check", "--rules", rules, "--as-of", instant, "--format", "ndjson", "--fail-on", "never",
        Incidents.tickets,
      ], in: Folders.repository)
    try #require(result.status == 0)
    return try result.output.split(separator: "\n").map {
      try JSONDecoder().decode(Decision.self, from: Data($0.utf8))
    }
  }

  @Test(
    "counts over the real incidents what two checks show",
    .enabled(
      if: Incidents.areHere, "the 12,459 incidents are not here: set DOCKET_DATA to the folder that has them")
  )
  func incidents() throws {
    let folder = try Self.changedRules()
    let (old, new) = (try Self.decisions("rules/servicenow-incidents"), try Self.decisions(folder.path))
    let result = try Program.run(
      [
        "diff", "rules/servicenow-incidents", folder.path, "--as-of", Self.instant, "--format", "ndjson",
        Incidents.tickets,
      ], in: Folders.repository)
    #expect(result.status == 0 && result.errors == "")
    let lines = result.output.split(separator: "\n")
    let summary = try JSONDecoder().decode(Summary.self, from: Data(try #require(lines.last).utf8))
    let pairs = Array(zip(old, new))
    #expect(summary.tickets == 12_459 && pairs.count == 12_459)
    #expect(pairs.allSatisfy { $0.ticket == $1.ticket })

    let priority = try #require(summary.decisions.first { $0.name == "priority" })
    #expect(priority.changed == pairs.count { $0.priority.level != $1.priority.level })
    for transition in priority.transitions {
      let expected = pairs.count {
        $0.priority.level == transition.before && $1.priority.level == transition.after
      }
      #expect(transition.tickets == expected && expected > 0)
    }
    #expect(priority.transitions.count == 2)
    for window in summary.windows {
      func breached(_ decision: Decision) -> Bool { decision.window(window.id)?.state == "breached" }
      #expect(window.more_breaches == pairs.count { !breached($0) && breached($1) })
      #expect(window.fewer_breaches == pairs.count { breached($0) && !breached($1) })
      #expect(window.added == pairs.count { $0.window(window.id) == nil && $1.window(window.id) != nil })
      #expect(window.gone == pairs.count { $0.window(window.id) != nil && $1.window(window.id) == nil })
      let moved = pairs.count { old, new in
        guard let before = old.window(window.id), let after = new.window(window.id) else { return false }
        return before.due_at != after.due_at
      }
      #expect(window.due_earlier + window.due_later + window.due_other == moved)
    }
    #expect(summary.windows.count == 2)
    let rfc = try #require(summary.findings.first { $0.rule == "F-closed" })
    #expect(rfc.field == "rfc" && rfc.fewer == 0)
    let expected = pairs.reduce(0) { $0 + $1.1.count("F-closed", "rfc") - $1.0.count("F-closed", "rfc") }
    #expect(rfc.more == expected && expected > 0)
    #expect(summary.changed == lines.count { $0.hasPrefix(#"{"line":"ticket""#) })
  }

  @Test(
    "of the incidents' rules with themselves says that nothing changes",
    .enabled(
      if: Incidents.areHere, "the 12,459 incidents are not here: set DOCKET_DATA to the folder that has them")
  )
  func same() throws {
    let result = try Program.run(
      [
        "diff", "rules/servicenow-incidents", "rules/servicenow-incidents", "--as-of", Self.instant,
        "--fail-on", "change", Incidents.tickets,
      ], in: Folders.repository)
    #expect(result.status == 0 && result.errors == "")
    #expect(
      result.output == """
        Rules: rules/servicenow-incidents → rules/servicenow-incidents

        Nothing changes for 12,459 tickets. (2017-03-01T00:00:00Z)

        The rules say the same.

        """)
  }

  // MARK: Small rules

  private static let small = """
    format: 1
    rulebook: desk
    language: en
    fields:
      id: {type: string}
      impact: {type: choice, required: true, values: [some, all]}
    priorities:
      levels: [high, low]
      hit: first
      inputs: [impact]
      rows:
        - {id: P-1, impact: all, priority: high}
      otherwise: {priority: low}

    """

  /// A repository with two commits and a branch; the working copy is a third version.
  private static func repository() throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    try folder.write("desk/rules/rules.yaml", small)
    try folder.write(
      "tickets.ndjson", #"{"id": "T-1", "impact": "all"}"# + "\n" + #"{"id": "T-2", "impact": "some"}"# + "\n"
    )
    let git = "git -c user.name=test -c user.email=test@example.org -c commit.gpgsign=false"
    let first = try Program.shell(
      "git init -q -b main . && git add . && \(git) commit -qm one", in: folder.path)
    try #require(first.status == 0, "\(first.errors)")
    try folder.replace("desk/rules/rules.yaml", "priority: high}", "priority: low}")
    let second = try Program.shell("git add . && \(git) commit -qm two && git tag v2", in: folder.path)
    try #require(second.status == 0, "\(second.errors)")
    return folder
  }

  @Test(
    "reads revisions of git, by folder, by the default folder and from a folder below",
    arguments: [
      ("HEAD~1:desk/rules v2:desk/rules tickets.ndjson", "."),
      ("HEAD~1 HEAD --rules desk/rules --tickets tickets.ndjson", "."),
      ("main~1:./rules rules ../tickets.ndjson", "desk"),
      ("main~1:desk/rules rules ../tickets.ndjson", "desk"),
      ("main~1:desk/rules/rules.yaml HEAD:./../desk/rules ../tickets.ndjson", "desk"),
    ])
  func revisions(arguments: String, place: String) throws {
    let folder = try Self.repository()
    let result = try Program.shell(
      "docket diff \(arguments) --as-of 2026-01-01T00:00Z", in: "\(folder.path)/\(place)")
    #expect(result.errors == "" && result.status == 0)
    #expect(result.output.contains("1 of 2 tickets changes."))
    #expect(result.output.contains("- 1 ticket changes priority: 1 from high to low\n"))
    #expect(result.output.contains("  impact = all: high → low, P-1 (rules.yaml:12) → P-1 (rules.yaml:12)\n"))
    #expect(try Program.shell("git status --porcelain", in: folder.path).output == "")
  }

  @Test(
    "says what is wrong with a name, with the nearest",
    arguments: [
      (
        "mian:desk/rules desk/rules",
        "error: 'mian:desk/rules' is no folder, and git knows no revision 'mian'\n  = did you mean 'main'?\n"
      ),
      (
        "main:desk/ruels desk/rules",
        "error: the revision 'main' has no folder 'desk/ruels'\n  = did you mean 'desk/rules'?\n"
      ),
      (
        "--rules desk/rules -- --output=x HEAD",
        "error: '--output=x' is no folder, and git knows no revision '--output=x'\n  = write a branch, a tag or a commit, then a colon and the folder: main:rules/desk\n"
      ),
    ])
  func unknown(arguments: String, message: String) throws {
    let folder = try Self.repository()
    let result = try Program.shell("docket diff \(arguments)", in: folder.path)
    #expect(result.status == 2 && result.output == "" && result.errors == message)
  }

  @Test("says that there is no repository, or no git")
  func noRepository() throws {
    let folder = TemporaryFolder()
    try folder.write("rules/rules.yaml", Self.small)
    let outside = try Program.shell("GIT_CEILING_DIRECTORIES=/ docket diff main rules", in: folder.path)
    #expect(outside.status == 2)
    #expect(
      outside.errors
        == "error: 'main' is no folder, and no revision: the current folder is in no git repository\n  = name a folder with rules, or run docket inside of the repository\n"
    )
    let alone = try Program.shell("PATH='\(Program.folder)' docket diff main rules", in: folder.path)
    #expect(alone.status == 2)
    #expect(
      alone.errors
        == "error: 'main' is no folder, and git, which could know it as a revision, was not found\n  = name a folder with rules, or install git\n"
    )
  }

  @Test(
    "ends as --fail-on says",
    arguments: [
      ("", 0), ("--fail-on change", 1), ("--fail-on tickets", 1), ("--fail-on breaches", 0),
    ] as [(String, Int32)])
  func status(option: String, expected: Int32) throws {
    let folder = try Self.repository()
    let result = try Program.shell(
      "docket diff HEAD~1 HEAD --rules desk/rules tickets.ndjson \(option)", in: folder.path)
    #expect(result.status == expected && result.errors == "")
    let same = try Program.shell(
      "docket diff HEAD HEAD --rules desk/rules tickets.ndjson \(option)", in: folder.path)
    #expect(same.status == 0)
  }

  @Test("refuses rules that do not load, and a replay of nothing")
  func refused() throws {
    let folder = try Self.repository()
    try folder.write("bad/rules.yaml", Self.small.replacing("impact: all", with: "impact: al"))
    let bad = try Program.shell("docket diff HEAD:desk/rules bad", in: folder.path)
    #expect(bad.status == 2 && bad.output == "")
    #expect(bad.errors.contains("did you mean 'all'?"))
    #expect(bad.errors.hasSuffix("error: bad has 1 error; nothing was compared\n"))
    try folder.write("none.ndjson", "")
    let none = try Program.shell("docket diff HEAD:desk/rules desk/rules none.ndjson", in: folder.path)
    #expect(none.status == 2)
    #expect(none.errors == "error: there was no ticket to replay\n  = a replay of nothing is a mistake\n")
  }

  @Test("speaks Chinese, and Markdown for a review")
  func forms() throws {
    let folder = try Self.repository()
    let command = "docket diff HEAD~1 HEAD --rules desk/rules tickets.ndjson --as-of 2026-01-01T00:00:00Z"
    let chinese = try Program.shell("\(command) --language zh", in: folder.path)
    #expect(chinese.output.contains("2 张工单中有 1 张发生变化。"))
    #expect(chinese.output.contains("- 1 张工单的优先级发生变化：1 张由 high 变为 low\n"))
    let markdown = try Program.shell("\(command) --format markdown", in: folder.path)
    #expect(markdown.output.contains("| priority | high | low | 1 |\n"))
    #expect(
      markdown.output.contains(
        "| impact = all | high | low | P-1 (rules.yaml:12) → P-1 (rules.yaml:12) | `{\"impact\": \"all\"}` |\n"
      ))
    #expect(markdown.output.contains("- **T-1** (tickets.ndjson:1)\n"))
    let cut = try Program.shell("\(command) --format markdown --limit 0", in: folder.path)
    #expect(!cut.output.contains("T-1"))
  }
}

extension TemporaryFolder {
  fileprivate func write(_ name: String, _ text: String) throws {
    let url = URL(filePath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  fileprivate func replace(_ name: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    try #require(text.contains(old))
    try write(name, text.replacingOccurrences(of: old, with: new))
  }
}
