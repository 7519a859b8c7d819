import LanguageServer
import PluginProtocol
import Testing

@Suite("Names of a rulebook")
struct NavigationTests {
  private static let check = """
    format: 1
    checks:
      - id: C-9
        when: {status: open, team: desk, priority: high}
        expr: |-
          // 高
          has(contact.name) && urgency == 'high'
        message: "🙂 {urgency} {id}"

    """

  /// A name in `check`, how often it stands before the one that is meant, and where it is declared.
  static let definitions: [(String, String, [String])] = [
    ("¦status:", "status", ["fields.yaml 4:2-4:8"]),
    ("status: ¦open", "a state", ["fields.yaml 7:13-7:17", "workflow.yaml 11:4-11:8"]),
    ("team: ¦desk", "a team", ["priorities.yaml 16:4-16:8"]),
    ("priority: ¦high", "a level", ["priorities.yaml 2:11-2:15"]),
    ("has(¦contact.name", "a field in a condition", ["fields.yaml 9:2-9:14"]),
    ("&& ¦urgency", "a field in a condition behind wide characters", ["fields.yaml 8:2-8:9"]),
    ("🙂 {¦urgency", "a field in a message behind an emoji", ["fields.yaml 8:2-8:9"]),
  ]

  @Test("lead to where they are declared", arguments: definitions)
  func definition(mark: String, name: String, expected: [String]) throws {
    var client = EditorClient(Desk.files)
    let text = Self.check.replacing(mark.replacing("¦", with: ""), with: mark)
    let answer = try client.ask("textDocument/definition", "z.yaml", text)
    #expect(places(answer) == expected, "\(name)")
  }

  @Test("lead to where they are used")
  func references() throws {
    var client = EditorClient(Desk.files)
    let text = (Desk.files["fields.yaml"] ?? "").replacing("  status:", with: "  ¦status:")
    let context: JSONValue = .object(["includeDeclaration": .boolean(false)])
    let answer = try client.ask("textDocument/references", "fields.yaml", text, ["context": context])
    #expect(places(answer) == ["time.yaml 6:11-6:17", "workflow.yaml 3:11-3:17", "workflow.yaml 8:9-8:15"])
  }

  @Test("of states are those of the field's values")
  func states() throws {
    var client = EditorClient(Desk.files)
    let text = (Desk.files["workflow.yaml"] ?? "").replacing("next: [done]", with: "next: [¦done]")
    let context: JSONValue = .object(["includeDeclaration": .boolean(true)])
    let answer = try client.ask("textDocument/references", "workflow.yaml", text, ["context": context])
    #expect(places(answer).count == 4)
  }

  @Test("are explained: label, type, comment, place, and what uses them")
  func hover() throws {
    var client = EditorClient(Desk.files)
    let text = Self.check.replacing("{status:", with: "{st¦atus:")
    let answer = try client.ask("textDocument/hover", "z.yaml", text)
    #expect(
      answer["contents"]?["value"]
        == .text(
          """
          **status** (field): 状态 / Status

          Type: choice: open, done

          Where the ticket stands.

          Declared at fields.yaml:5

          Used by:
          - window answer (time.yaml:7)
          - check C-1 (workflow.yaml:4)
          - workflow (workflow.yaml:9)
          - check C-9 (z.yaml:4)
          """))
    #expect(EditorClient.text(of: answer["range"]) == "3:11-3:17")
  }

  @Test("of rows are explained with the tests that mention them")
  func rows() throws {
    var client = EditorClient(Desk.files)
    let text = (Desk.files["priorities.yaml"] ?? "").replacing("{id: P-1", with: "{id: P¦-1")
    let answer = try client.ask("textDocument/hover", "priorities.yaml", text)
    let value = try #require(answer["contents"]?["value"]?.text)
    #expect(value.contains("**P-1** (row)") && value.contains("Used by nothing"))
    #expect(value.contains("Tested in:\n- priorities.test.yaml:1"))
  }

  @Test("of rows in CSV files are known, and what they mention leads there")
  func csv() throws {
    var files = Desk.files
    files["tables.yaml"] = """
      format: 1
      tables:
        late:
          hit: first
          inputs: [urgency]
          outputs: {is_late: boolean}
          rows: late.csv
          otherwise: {is_late: false}

      """
    files["late.csv"] = "id,urgency,is_late\nL-1,high,true\n\"L-2\",low,true\n"
    var client = EditorClient(files)
    let answer = try client.ask("textDocument/definition", "priorities.test.yaml", "- {row: L¦-2}\n")
    #expect(places(answer) == ["late.csv 2:1-2:4"])
    let use = try client.ask(
      "textDocument/definition", "z.yaml", "format: 1\nchecks:\n  - {id: C-9, expr: is¦_late}\n")
    #expect(places(use) == ["tables.yaml 5:14-5:21"])
  }

  @Test(
    "of rules that are waived lead to the rule, whatever findings name",
    arguments: [
      ("C-1", ["workflow.yaml 2:8-2:11"]), ("answer", ["time.yaml 4:2-4:8"]),
      ("fields.contact.name", ["fields.yaml 9:2-9:14"]),
      ("workflow.done", ["fields.yaml 7:39-7:43", "workflow.yaml 12:4-12:8"]), ("P-9", []),
    ])
  func waivedRules(name: String, expected: [String]) throws {
    var client = EditorClient(Desk.files)
    let answer = try client.ask(
      "textDocument/definition", "z.yaml", "format: 1\nwaivers:\n  - {id: W-1, rule: ¦\(name)}\n")
    #expect(places(answer) == expected)
  }

  @Test("of what a ticket's priority is decided to be lead to that section")
  func priority() throws {
    var client = EditorClient(Desk.files)
    let text = Self.check.replacing("priority: high", with: "pri¦ority: high")
    #expect(places(try client.ask("textDocument/definition", "z.yaml", text)) == ["priorities.yaml 1:0-1:10"])
  }

  @Test("of the language are explained")
  func keys() throws {
    var client = EditorClient(Desk.files)
    let answer = try client.ask(
      "textDocument/hover", "z.yaml", "format: 1\nwindows:\n  w:\n    tar¦get: 1 hour\n")
    let value = try #require(answer["contents"]?["value"]?.text)
    #expect(value.hasPrefix("**target** (window, required)\n\nHow long it may take"))
    let words = try client.ask(
      "textDocument/hover", "z.yaml", "format: 1\nwindows:\n  w:\n    on_reopen: ke¦ep\n")
    #expect(words["contents"]?["value"] == .text("One of `resume`, `restart`, `keep`."))
  }

  @Test("are known while their file cannot be read")
  func broken() throws {
    var client = EditorClient(Desk.files)
    client.open("fields.yaml")
    client.replace("fields.yaml", by: (Desk.files["fields.yaml"] ?? "") + "  broken: [\n")
    let answer = try client.ask(
      "textDocument/definition", "z.yaml", Self.check.replacing("{status:", with: "{¦status:"))
    #expect(places(answer) == ["fields.yaml 4:2-4:8"])
  }

  @Test("give the outline of a file")
  func outline() {
    var client = EditorClient(Desk.files)
    client.open("time.yaml")
    let answer = client.request(
      "textDocument/documentSymbol",
      .object(["textDocument": .object(["uri": .text(EditorClient.uri("time.yaml"))])]))
    let sections = answer["result"]?.list ?? []
    #expect(sections.compactMap { $0["name"]?.text } == ["calendars", "windows"])
    let window = sections.last?["children"]?.list?.first
    #expect(window?["name"] == .text("answer"))
    #expect(window?["detail"] == .text("window, First answer"))
  }

  private func places(_ answer: JSONValue) -> [String] {
    (answer.list ?? []).map { location in
      "\(location["uri"]?.text?.split(separator: "/").last ?? "") \(EditorClient.text(of: location["range"]))"
    }
  }
}

@Suite("Layout in an editor")
struct FormattingTests {
  private func format(_ text: String) -> [JSONValue] {
    var client = EditorClient(Desk.files)
    client.open("z.yaml", text: text)
    let answer = client.request(
      "textDocument/formatting",
      .object([
        "textDocument": .object(["uri": .text(EditorClient.uri("z.yaml"))]), "options": .object([:]),
      ]))
    return answer["result"]?.list ?? []
  }

  @Test("changes the lines that differ")
  func edit() {
    let edits = format("format: 1\nfields:\n    🙂:   {type:   string}\nx-last: 1\n")
    #expect(edits.count == 1)
    #expect(EditorClient.text(of: edits.first?["range"]) == "2:0-3:0")
    #expect(edits.first?["newText"] == .text("  🙂: {type: string}\n"))
  }

  @Test("leaves alone what is laid out, or cannot be read", arguments: ["format: 1\n", "format: [1\n"])
  func same(text: String) {
    #expect(format(text) == [])
  }
}
