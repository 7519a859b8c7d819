import Foundation
import Testing

@Suite("A new rulebook")
struct InitTests {
  struct Choice: CustomTestStringConvertible {
    var options: [String]
    var testDescription: String { options.joined(separator: " ") }
  }

  static let choices = [
    ["--language", "zh", "--time-zone", "Asia/Shanghai"],
    ["--language", "en", "--time-zone", "Europe/Berlin"],
    [
      "--language", "zh,en", "--time-zone", "America/New_York", "--hours", "22:00-06:00", "--days", "mon-sat",
    ],
    ["--language", "en,zh", "--time-zone", "UTC", "--team", "desk", "--priority-field", "severity"],
    [
      "--name", "help", "--language", "en", "--time-zone", "Asia/Kolkata", "--team", "a-1", "--team", "b",
      "--team", "c",
    ],
    ["--yes"],
  ].map { Choice(options: $0) }

  @Test(
    "loads without a warning, passes its tests, and finds nothing wrong with its samples", arguments: choices)
  func sound(choice: Choice) throws {
    let place = TemporaryFolder()
    let result = try Program.run(["init", "desk"] + choice.options, in: place.path)
    #expect(result.status == 0 && result.errors == "" && result.output.contains("in 11 files"))
    let folder = "\(place.path)/desk"
    let lint = try Program.run(["lint", "rules"], in: folder)
    #expect(lint.status == 0 && lint.output.contains("0 errors, 0 warnings"), "\(lint.output)")
    let check = try Program.run(["check"], in: folder)
    #expect(check.status == 0 && check.output == "2 tickets: nothing found\n", "\(check.output)")
    let tests = try Program.run(
      ["test", "rules", "--min-row-coverage", "100"], in: folder)
    #expect(tests.status == 0 && tests.output.contains("all passed"), "\(tests.output)")
    let layout = try Program.run(["fmt", "--check", "."], in: folder)
    #expect(layout.status == 0, "\(layout.output)")
    let book = try Program.run(["doc", "rules"], in: folder)
    #expect(book.status == 0)
  }

  @Test("has the name of its folder, and labels in the languages that were asked for") func labels() throws {
    let place = TemporaryFolder()
    #expect(try Program.run(["init", "My Desk", "--language", "zh,en"], in: place.path).status == 0)
    let text = try String(contentsOfFile: "\(place.path)/My Desk/rules/rulebook.yaml", encoding: .utf8)
    #expect(text.contains("rulebook: my-desk\n") && text.contains("language: zh\n"))
    #expect(text.contains("{zh: "))
  }

  @Test("never takes the place of anything: an error names the file, and nothing is written") func used()
    throws
  {
    let place = TemporaryFolder()
    try Data("x".utf8).write(to: URL(filePath: "\(place.path)/notes.txt"))
    let result = try Program.run(["init", "--yes"], in: place.path)
    #expect(result.status == 2)
    #expect(
      result.errors
        == "error: . is not empty: ./notes.txt is there already; nothing was written\n  = name a new folder\n"
    )
    #expect(try place.names() == ["notes.txt"])
    let file = try Program.run(["init", "notes.txt", "--yes"], in: place.path)
    #expect(file.status == 2 && file.errors == "error: notes.txt is there already, and is no folder\n")
  }

  @Test(
    "is not begun with what cannot be right; the nearest name is told",
    arguments: [
      (
        ["--time-zone", "Asia/Shangai"], "--time-zone: there is no time zone 'Asia/Shangai'",
        "did you mean 'Asia/Shanghai'?"
      ),
      (
        ["--time-zone", "berlin"], "--time-zone: there is no time zone 'berlin'",
        "did you mean 'Europe/Berlin'?"
      ),
      (
        ["--name", "My Desk"],
        "--name: 'My Desk' is no name for a rulebook: write lower case letters, digits and hyphens",
        "such as my-desk"
      ),
      (
        ["--team", "Ops Team"],
        "--team: 'Ops Team' is no name for a team: write lower case letters, digits and hyphens",
        "such as ops-team"
      ),
      (["--team", "any"], "--team: 'any' has a meaning of its own in rules", "take another name"),
      (
        ["--priority-field", "expr"], "--priority-field: 'expr' has a meaning of its own in rules",
        "take another name"
      ),
      (["--team", "a", "--team", "a"], "--team: the team 'a' is named twice", ""),
      (
        ["--language", "fr"], "--language: 'fr' is none of the languages zh and en", "write zh, en, or zh,en"
      ),
      (
        ["--hours", "9-17"], "--hours: '9-17': `9` is not a time of day",
        "write them as 09:00-12:00,13:30-18:00"
      ),
      (["--days", "mon-foo"], "--days: 'mon-foo' are no days of the week", "write them as mon-fri"),
      (
        ["--priority-field", "status"], "--priority-field: every new rulebook has a field 'status' already",
        "such as urgency"
      ),
    ])
  func refused(options: [String], message: String, hint: String) throws {
    let place = TemporaryFolder()
    let result = try Program.run(["init", "desk"] + options, in: place.path)
    #expect(result.status == 2)
    #expect(result.errors == "error: \(message)\n" + (hint.isEmpty ? "" : "  = \(hint)\n"))
    #expect(try place.names() == [])
  }
}
