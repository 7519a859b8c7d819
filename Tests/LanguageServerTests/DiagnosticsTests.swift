import Diagnostics
import LanguageServer
import PluginProtocol
import RuleEvaluator
import Testing

@Suite("Messages while typing")
struct DiagnosticsTests {
  @Test("are none for a sound rulebook")
  func sound() {
    var client = EditorClient(Desk.files)
    client.open("fields.yaml")
    #expect(client.shown == ["fields.yaml": []])
  }

  @Test("come, move in UTF-16 with the text, and go")
  func typing() {
    var client = EditorClient(Desk.files)
    client.open("workflow.yaml")
    let sound = Desk.files["workflow.yaml"] ?? ""
    client.replace(
      "workflow.yaml", by: sound.replacing("\"🙂 {id} 由 {contact.name}\"", with: "\"🙂 {id} 由 {contct.name}\""))
    #expect(
      client.messages("workflow.yaml") == [
        "6:13-6:38 '{contct.name}' is not a field\ndid you mean 'contact.name'?"
      ])
    client.replace("workflow.yaml", by: sound)
    #expect(client.messages("workflow.yaml") == [])
  }

  @Test("are about every file of the rulebook, open or not")
  func otherFiles() {
    var client = EditorClient(Desk.files)
    client.open("fields.yaml")
    client.replace(
      "fields.yaml", by: (Desk.files["fields.yaml"] ?? "").replacing("urgency:", with: "urgencies:"))
    #expect(client.messages("priorities.yaml").count >= 1)
    #expect(client.messages("priorities.yaml").allSatisfy { $0.contains("'urgency'") })
    client.replace("fields.yaml", by: Desk.files["fields.yaml"] ?? "")
    #expect(client.messages("priorities.yaml") == [])
  }

  @Test("follow changes of ranges, among wide characters and emoji")
  func ranges() {
    var client = EditorClient(Desk.files)
    client.open("a.yaml", text: "format: 1\nx-note: 🙂中🙂b\nfields: {}\n")
    func range(_ line: Int, _ start: Int, _ end: Int, _ text: String) -> JSONValue {
      func position(_ character: Int) -> JSONValue {
        .object(["line": .number(Double(line)), "character": .number(Double(character))])
      }
      return .object([
        "range": .object(["start": position(start), "end": position(end)]), "text": .text(text),
      ])
    }
    // Behind the second emoji stands a letter: 8 + 2 + 1 + 2 = 13.
    client.change(
      "a.yaml", [range(1, 13, 14, ""), range(1, 0, 6, "bogus"), range(2, 8, 10, "{是: {tpe: string}}")])
    #expect(
      client.messages("a.yaml").map { String($0.prefix(9)) }
        == ["1:0-1:5 '", "2:12-2:25", "2:13-2:16"])
    let symbols = client.request(
      "textDocument/documentSymbol",
      .object(["textDocument": .object(["uri": .text(EditorClient.uri("a.yaml"))])]))
    #expect(symbols["result"]?.list?.first?["children"]?.list?.first?["name"] == .text("是"))
  }

  @Test("point at the other place that they are about")
  func related() {
    var client = EditorClient(Desk.files)
    client.open("z.yaml", text: "format: 1\nfields: {urgency: {type: string}}\n")
    let related = client.shown["z.yaml"]?.first?["relatedInformation"]?.list?.first
    #expect(related?["location"]?["uri"] == .text(EditorClient.uri("fields.yaml")))
    #expect(EditorClient.text(of: related?["location"]?["range"]) == "8:2-8:9")
  }

  @Test("go when their file is closed")
  func close() {
    var client = EditorClient(Desk.files)
    client.open("z.yaml", text: "format: 1\nbogus: 1\n")
    #expect(client.messages("z.yaml").count == 1)
    _ = client.notify(
      "textDocument/didClose", .object(["textDocument": .object(["uri": .text(EditorClient.uri("z.yaml"))])]))
    #expect(client.messages("z.yaml") == [])
  }

  @Test("are none about YAML files that have nothing to do with rules")
  func strangers() throws {
    var client = EditorClient([:])
    client.open("compose.yaml", text: "services: &a {x: *b}\n")
    #expect(client.messages("compose.yaml") == [])
    #expect(try client.ask("textDocument/completion", "compose.yaml", "services:\n  ¦\n") == .list([]))
    client.open("new.yaml", text: "# rules\nformat: 1\nbogus: 1\n")
    #expect(client.messages("new.yaml").contains { $0.contains("'bogus' is not a key of a rule file") })
  }

  @Test("of all files go with the last document of their rulebook")
  func closeLast() {
    var client = EditorClient(Desk.files)
    client.open("fields.yaml", text: "format: 1\nfields: {status: {type: string}}\n")
    #expect(client.messages("priorities.yaml").count >= 1)
    let document: JSONValue = .object(["uri": .text(EditorClient.uri("fields.yaml"))])
    _ = client.notify("textDocument/didClose", .object(["textDocument": document]))
    #expect(client.shown.values.allSatisfy(\.isEmpty) && client.shown.count >= 2)
  }

  @Test("are about the YAML alone where a file is no rule file")
  func tests() {
    var client = EditorClient(Desk.files)
    client.open("priorities.test.yaml", text: "- [1\n")
    #expect(client.messages("priorities.test.yaml").count == 1)
    client.replace("priorities.test.yaml", by: "- anything\n")
    #expect(client.messages("priorities.test.yaml") == [])
  }

  @Test("bring the fixes of the analysis as code actions")
  func fixes() throws {
    let place = Place(
      file: "fields.yaml", start: Position(line: 9, column: 3), end: Position(line: 9, column: 10))
    let fix = Fix("replace 'urgency' by 'pressure'", [Fix.Edit(place, replacement: "pressure")])
    var client = EditorClient(Desk.files) { rulebook, files in
      #expect(rulebook.name == "desk" && files.count == 5)
      return [Diagnostic("sample", .warning, "a sample", at: place, fix: fix)]
    }
    client.open("fields.yaml")
    #expect(client.messages("fields.yaml") == ["8:2-8:9 a sample"])
    func actions(line: Double) -> [JSONValue] {
      let position: JSONValue = .object(["line": .number(line), "character": .number(5)])
      let answer = client.request(
        "textDocument/codeAction",
        .object([
          "textDocument": .object(["uri": .text(EditorClient.uri("fields.yaml"))]),
          "range": .object(["start": position, "end": position]),
          "context": .object(["diagnostics": .list([])]),
        ]))
      return answer["result"]?.list ?? []
    }
    let action = try #require(actions(line: 8).first)
    #expect(action["title"] == .text("replace 'urgency' by 'pressure'"))
    let edit = action["edit"]?["changes"]?[EditorClient.uri("fields.yaml")]?.list?.first
    #expect(edit?["newText"] == .text("pressure"))
    #expect(EditorClient.text(of: edit?["range"]) == "8:2-8:9")
    #expect(actions(line: 3) == [])
  }
}
