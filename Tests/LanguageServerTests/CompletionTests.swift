import LanguageServer
import PluginProtocol
import Testing

@Suite("Completion")
struct CompletionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// A file with `¦` where the cursor is.
    var text: String
    var offered: [String]
    var notOffered: [String] = []

    init(_ name: String, _ text: String, _ offered: [String], not notOffered: [String] = []) {
      testDescription = name
      self.text = "format: 1\n" + text
      self.offered = offered
      self.notOffered = notOffered
    }
  }

  static let cases = [
    Case("sections", "wind¦", ["windows", "checks"], not: ["format", "target"]),
    Case(
      "sections on an empty line", "rulebook: x\n¦\nfields: {}\n", ["windows"], not: ["fields", "rulebook"]),
    Case(
      "keys in a block", "windows:\n  answer:\n    start: opened_at\n    ¦\n", ["stop", "target"],
      not: ["start", "checks"]),
    Case(
      "keys while typing", "windows:\n  answer:\n    start: opened_at\n    tar¦\n    calendar: office\n",
      ["target"]),
    Case("keys of an item", "checks:\n  - id: C-9\n    ¦\n", ["when", "expr"], not: ["id"]),
    Case("keys behind a dash", "required_fields:\n  - ¦\n", ["id", "fields"]),
    Case("keys in braces", "fields:\n  f: {type: string, ¦}\n", ["label", "required"], not: ["type"]),
    Case("keys in braces that are open", "fields:\n  f: {type: string, ¦\n  g: {type: string}\n", ["label"]),
    Case("types", "fields:\n  f: {type: ¦}\n", ["string", "choice", "instant"]),
    Case("truth values", "fields:\n  f: {type: string, required: ¦}\n", ["true", "false"]),
    Case(
      "fields in a list", "required_fields:\n  - {id: F-9, fields: [¦]}\n", ["contact.name", "urgency"],
      not: ["desk"]),
    Case(
      "fields in a block list", "required_fields:\n  - id: F-9\n    fields:\n      - id\n      - con¦\n",
      ["contact.name"]),
    Case("states", "required_fields:\n  - id: F-9\n    from: ¦\n", ["open", "done"], not: ["high"]),
    Case("states to go to", "workflow:\n  field: status\n  states:\n    open: {next: [¦]}\n", ["done"]),
    Case("states to declare", "workflow:\n  field: status\n  states:\n    ¦\n", ["open", "done"]),
    Case(
      "fields of conditions", "checks:\n  - {id: C-9, when: {¦}}\n", ["status", "urgency", "team", "expr"]),
    Case(
      "values in conditions", "checks:\n  - {id: C-9, when: {status: op¦}}\n", ["open", "done", "present"],
      not: ["high"]),
    Case(
      "values behind a bar", "checks:\n  - id: C-9\n    when: {urgency: high | ¦}\n", ["low"], not: ["open"]),
    Case("values of a truth field", "checks:\n  - {id: C-9, when: {is_vip: ¦}}\n", ["true", "false"]),
    Case(
      "columns of rows",
      "tables:\n  t:\n    inputs: [urgency, {age: now}]\n    outputs: {late: boolean}\n    rows:\n      - {¦}\n",
      ["id", "urgency", "age", "late", "expr"], not: ["status"]),
    Case(
      "values in rows", "tables:\n  t:\n    inputs: [urgency]\n    rows:\n      - {id: T-1, urgency: ¦}\n",
      ["high", "low"]),
    Case(
      "teams", "routing:\n  inputs: [urgency]\n  outputs: [team]\n  rows:\n    - {id: R-9, team: ¦}\n",
      ["desk"], not: ["high"]),
    Case(
      "outputs", "routing:\n  inputs: [urgency]\n  outputs: [team]\n  otherwise: {¦}\n", ["team"],
      not: ["urgency"]),
    Case(
      "rules to waive", "waivers:\n  - {id: W-9, rule: ¦}\n",
      ["C-1", "answer", "fields.urgency", "workflow.open", "routing"], not: ["urgency", "P-1", "open"]),
    Case("calendars", "windows:\n  w:\n    calendar: ¦\n", ["office"]),
    Case("durations", "windows:\n  w:\n    target: ¦\n", ["4 hours", "3 working days"]),
    Case("warnings", "windows:\n  w:\n    warn: [50%, ¦]\n", ["80%"]),
    Case("checks", "workflow:\n  states:\n    open: {guard: ¦}\n", ["C-1"], not: ["P-1", "answer"]),
    Case("events", "notifications:\n  - id: N-9\n    on: window.¦\n", ["window.breached", "review"]),
    Case("recipients", "notifications:\n  - id: N-9\n    to: [¦]\n", ["assignee", "team.lead", "anna"]),
    Case(
      "fields in expressions", "checks:\n  - id: C-9\n    expr: |-\n      has(con¦)\n",
      ["contact.name", "has"]),
    Case("fields in messages", "checks:\n  - id: C-9\n    message: \"高 {¦}\"\n", ["id", "contact.name"]),
    Case(
      "placeholders of notices", "notifications:\n  - id: N-9\n    message: \"{id} {¦}\"\n",
      ["window.due_at", "urgency"]),
    Case(
      "next to mistakes elsewhere", "fields: [}\nwindows:\n  w:\n    calendar: ¦\nchecks: {]\n", ["office"]),
    Case("hit policies", "priorities:\n  hit: ¦\n", ["first", "collect sum"]),
    Case("nothing in a comment's place of a name", "rulebook: ¦\n", [], not: ["fields"]),
  ]

  @Test("offers what belongs at a place", arguments: cases)
  func offers(sample: Case) throws {
    var client = EditorClient(Desk.files)
    let answer = try client.ask("textDocument/completion", "z.yaml", sample.text)
    let labels = (answer.list ?? []).compactMap { $0["label"]?.text }
    for label in sample.offered { #expect(labels.contains(label), "\(labels)") }
    for label in sample.notOffered { #expect(!labels.contains(label), "\(labels)") }
    #expect(Set(labels).count == labels.count)
  }

  @Test("replaces the word, and says what it is")
  func item() throws {
    var client = EditorClient(Desk.files)
    let text = "format: 1\nchecks:\n  - {id: C-9, when: {contact: 高, ur¦g}}\n"
    let answer = try client.ask("textDocument/completion", "z.yaml", text)
    let item = try #require(answer.list?.first { $0["label"] == .text("urgency") })
    #expect(item["textEdit"]?["newText"] == .text("urgency: "))
    #expect(EditorClient.text(of: item["textEdit"]?["range"]) == "2:33-2:36")
    #expect(item["detail"] == .text("field, choice"))
  }

  @Test("documents keys")
  func documentation() throws {
    var client = EditorClient(Desk.files)
    let answer = try client.ask("textDocument/completion", "z.yaml", "format: 1\nwindows:\n  w:\n    ¦\n")
    let item = try #require(answer.list?.first { $0["label"] == .text("pause") })
    #expect(
      item["documentation"]?["value"]?.text?.contains("While it holds, the window's time stands still.")
        == true)
  }
}
