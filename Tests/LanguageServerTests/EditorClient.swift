import Diagnostics
import LanguageServer
import PluginProtocol
import Testing
import WorkingTime

/// The files of one rulebook, in memory.
struct MemoryFiles: RuleFiles {
  static let folder = "/desk rules"

  /// By name.
  var texts: [String: String]

  func folder(of path: String) -> String { Self.folder }

  func rules(in folder: String) -> [SourceText] {
    texts.filter { holdsRules($0.key) }.map { SourceText(path: $0.key, text: $0.value) }
  }

  func tests(in folder: String) -> [SourceText] {
    texts.filter { $0.key.hasSuffix(".test.yaml") }.map { SourceText(path: $0.key, text: $0.value) }
  }

  func holdsRules(_ name: String) -> Bool { name.hasSuffix(".yaml") && !name.hasSuffix(".test.yaml") }

  func resource(_ name: String, in folder: String) -> SourceText? {
    texts[name].map { SourceText(path: name, text: $0) }
  }

  func timeZone(_ name: String) -> TimeZoneRules? { name == "UTC" ? .utc : nil }
}

/// An editor that has opened some of the files.
struct EditorClient {
  private var server: LanguageServer
  private let files: MemoryFiles
  private var lastID = 0
  /// The messages that are shown, by file name.
  private(set) var shown: [String: [JSONValue]] = [:]

  init(_ texts: [String: String], analysis: @escaping LanguageServer.Analysis = { _, _ in [] }) {
    files = MemoryFiles(texts: texts)
    server = LanguageServer(files: files, version: "1", analysis: analysis)
    _ = request("initialize", .object(["capabilities": .object([:])]))
    _ = notify("initialized", .object([:]))
  }

  static func uri(_ name: String) -> String { "file:///desk%20rules/\(name)" }

  mutating func open(_ name: String, text: String? = nil) {
    let document: JSONValue = .object([
      "uri": .text(Self.uri(name)), "languageId": .text("yaml"), "version": .number(1),
      "text": .text(text ?? files.texts[name] ?? ""),
    ])
    _ = notify("textDocument/didOpen", .object(["textDocument": document]))
    publish()
  }

  mutating func change(_ name: String, _ changes: [JSONValue]) {
    let document: JSONValue = .object(["uri": .text(Self.uri(name)), "version": .number(2)])
    _ = notify(
      "textDocument/didChange", .object(["textDocument": document, "contentChanges": .list(changes)]))
    publish()
  }

  mutating func replace(_ name: String, by text: String) { change(name, [.object(["text": .text(text)])]) }

  mutating func publish() {
    for message in server.publishDiagnostics() { take(message) }
  }

  private mutating func take(_ message: JSONValue) {
    guard message["method"]?.text == "textDocument/publishDiagnostics",
      let uri = message["params"]?["uri"]?.text
    else { return }
    let name = String(uri.split(separator: "/").last ?? "")
    shown[name] = message["params"]?["diagnostics"]?.list
  }

  /// What is shown of a file: "line:character-line:character message".
  func messages(_ name: String) -> [String] {
    (shown[name] ?? []).map { "\(Self.text(of: $0["range"])) \($0["message"]?.text ?? "")" }
  }

  static func text(of range: JSONValue?) -> String {
    func position(_ name: String) -> String {
      "\(range?[name]?["line"]?.integer ?? -1):\(range?[name]?["character"]?.integer ?? -1)"
    }
    return "\(position("start"))-\(position("end"))"
  }

  mutating func notify(_ method: String, _ parameters: JSONValue) -> [JSONValue] {
    let answers = server.receive(
      .message(.object(["jsonrpc": .text("2.0"), "method": .text(method), "params": parameters])))
    for answer in answers { take(answer) }
    return answers
  }

  /// The whole answer.
  mutating func request(_ method: String, _ parameters: JSONValue) -> JSONValue {
    lastID += 1
    let id = JSONValue.number(Double(lastID))
    let message: JSONValue = .object([
      "jsonrpc": .text("2.0"), "id": id, "method": .text(method), "params": parameters,
    ])
    let answers = server.receive(.message(message))
    return answers.first { $0["id"] == id } ?? .null
  }

  mutating func receive(_ item: MessageQueue.Item) -> [JSONValue] { server.receive(item) }
  mutating func look(ahead item: MessageQueue.Item) { server.look(ahead: item) }
  var exitCode: Int32? { server.exitCode }

  /// Asks about the place of `¦` in `text`, which becomes the file's text without it.
  mutating func ask(
    _ method: String, _ name: String, _ text: String, _ more: [String: JSONValue] = [:]
  ) throws -> JSONValue {
    let parts = text.split(separator: "¦", omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    open(name, text: parts.joined())
    let lines = parts[0].split(separator: "\n", omittingEmptySubsequences: false)
    let position: JSONValue = .object([
      "line": .number(Double(lines.count - 1)),
      "character": .number(Double(lines[lines.count - 1].utf16.count)),
    ])
    var parameters = more
    parameters["textDocument"] = .object(["uri": .text(Self.uri(name))])
    parameters["position"] = position
    return request(method, .object(parameters))["result"] ?? .null
  }
}

/// A small rulebook.
enum Desk {
  static let files = [
    "rulebook.yaml": "format: 1\nrulebook: desk\ntime_zone: UTC\nlanguage: zh\n",
    "fields.yaml": """
    format: 1
    fields:
      id: {type: string, required: true}
      # Where the ticket stands.
      status:
        type: choice
        label: {zh: 状态, en: Status}
        values: {open: {label: {zh: 已提交}}, done: {label: {zh: 已关闭}}}
      urgency: {type: choice, ordered: true, values: [high, low]}
      contact.name: {type: string, masked: true, label: {en: Contact}}
      is_vip: {type: boolean}
      opened_at: {type: instant}
      closed_at: {type: instant}

    """,
    "priorities.yaml": """
    format: 1
    priorities:
      levels: [high, low]
      hit: first
      inputs: [urgency, is_vip]
      rows:
        - {id: P-1, urgency: high, priority: high}
      otherwise: {priority: low}
    routing:
      hit: first
      inputs: [urgency]
      outputs: [team]
      rows:
        - {id: R-1, urgency: high, team: desk}
      otherwise: {team: desk}
      teams:
        desk: {label: {zh: 服务台}, lead: anna, members: [anna]}

    """,
    "time.yaml": """
    format: 1
    calendars:
      office: {weekly_hours: {mon-fri: [09:00-17:00]}}
    windows:
      answer:
        label: {en: First answer}
        when: {status: open}
        start: opened_at
        stop: closed_at
        target: 4 working hours
        calendar: office

    """,
    "workflow.yaml": """
    format: 1
    checks:
      - id: C-1
        when: {status: done}
        expr: |-
          has(contact.name) && has(closed_at)
        message: "🙂 {id} 由 {contact.name}"
    workflow:
      field: status
      initial: open
      states:
        open: {category: open, next: [done], guard: C-1}
        done: {category: closed}

    """,
    "priorities.test.yaml": "- {given: {urgency: high}, row: P-1}\n",
  ]
}
