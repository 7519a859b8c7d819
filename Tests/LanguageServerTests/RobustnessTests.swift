import LanguageServer
import PluginProtocol
import Testing

@Suite("A language server under random edits")
struct RobustnessTests {
  /// Pieces that break YAML, cells, expressions and positions.
  private static let pieces = [
    "", "\n", "  ", "- ", ": ", "{", "}", "[", "]", "'", "\"", "|", "|-\n", "🙂", "中", "#", "..", "not (",
    "\t",
    "format: 1\n", "when: {status: ", "expr: |-\n      has(", "{id", "\r\n", "\u{E000}", "\u{FEFF}", "&a ",
    "*a",
    "- {id: P-1, urgency: high | , priority: }\n", "windows:\n  w:\n    target: {by: urgency, high: ",
  ]

  private static let methods = [
    "completion", "hover", "definition", "references", "documentSymbol", "formatting",
  ]

  @Test("answers every request, and applies every change", arguments: 0..<40)
  func edits(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ count: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(count))
    }
    func position() -> JSONValue {
      .object(["line": .number(Double(random(22) - 1)), "character": .number(Double(random(60) - 1))])
    }
    var client = EditorClient(Desk.files)
    let names = Desk.files.keys.sorted()
    for name in names { client.open(name) }
    for _ in 0..<30 {
      let name = names[random(names.count)]
      client.change(
        name,
        [
          .object([
            "range": .object(["start": position(), "end": position()]),
            "text": .text(Self.pieces[random(Self.pieces.count)]),
          ])
        ])
      let method = "textDocument/" + Self.methods[random(Self.methods.count)]
      let answer = client.request(
        method,
        .object([
          "textDocument": .object(["uri": .text(EditorClient.uri(name))]), "position": position(),
          "range": .object(["start": position(), "end": position()]),
        ]))
      #expect(answer["result"] != nil, "\(method): \(answer)")
    }
    // Whatever was typed: with the first texts back, nothing is left of it.
    for name in names { client.replace(name, by: Desk.files[name] ?? "") }
    for name in names { #expect(client.messages(name) == [], "\(name)") }
  }

  @Test("answers parameters of any shape", arguments: 0..<20)
  func shapes(seed: Int) {
    let values: [JSONValue] = [
      .null, .number(-1), .number(1e300), .text(""), .list([]), .object([:]), .boolean(true),
      .object([
        "uri": .text(EditorClient.uri("time.yaml")), "line": .number(9e15), "character": .number(-9e15),
      ]),
    ]
    var client = EditorClient(Desk.files)
    client.open("time.yaml")
    for (number, method) in (Self.methods + ["codeAction", "didOpen", "didChange", "didClose"]).enumerated() {
      func value(_ step: Int) -> JSONValue { values[(seed * 7 + number * 3 + step * 5) % values.count] }
      let parameters: JSONValue = .object([
        "textDocument": value(0), "position": value(1), "range": value(2), "contentChanges": value(3),
      ])
      let answer = client.request("textDocument/" + method, parameters)
      #expect(answer["result"] != nil || answer["error"] != nil)
      _ = client.notify("textDocument/" + method, parameters)
    }
    let document: JSONValue = .object(["textDocument": .object(["uri": .text(EditorClient.uri("time.yaml"))])]
    )
    #expect(client.request("textDocument/documentSymbol", document)["id"] != nil)
  }
}
