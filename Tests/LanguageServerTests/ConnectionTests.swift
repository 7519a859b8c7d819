import LanguageServer
import PluginProtocol
import Testing

@Suite("Messages of the Language Server Protocol")
struct ConnectionTests {
  private let message: JSONValue = .object([
    "jsonrpc": .text("2.0"), "method": .text("a"), "params": .text("中🙂"),
  ])

  @Test("are cut out of bytes, however these come", arguments: [1, 2, 3, 7, 1000])
  func pieces(size: Int) {
    let bytes = [UInt8](framing: message) + [UInt8](framing: message)
    var queue = MessageQueue()
    var items: [MessageQueue.Item] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      items += queue.receive(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    #expect(items == [.message(message), .message(message)])
  }

  @Test("may have other headers, in any case")
  func headers() {
    var queue = MessageQueue()
    let text = "content-type: x\r\nCONTENT-LENGTH:  4\r\n\r\ntrueContent-Length: 4\n\nnull"
    #expect(queue.receive(Array(text.utf8)) == [.message(.boolean(true)), .message(.null)])
  }

  @Test("that are no JSON are answered with an error, and the next one is read")
  func malformed() {
    var queue = MessageQueue()
    let items = queue.receive(Array("Content-Length: 3\r\n\r\n{a}Content-Length: 4\r\n\r\nnull".utf8))
    guard case .malformed(let error) = items.first else {
      Issue.record("read what is no JSON")
      return
    }
    #expect(error.code == -32700)
    #expect(items.dropFirst() == [.message(.null)])
  }

  @Test("that are too large are passed over")
  func large() {
    var queue = MessageQueue()
    let size = MessageQueue.sizeLimit + 1
    let items = queue.receive(Array("Content-Length: \(size)\r\n\r\n".utf8))
    #expect(items.count == 1)
    var rest = MessageQueue()
    _ = rest.receive(Array("Content-Length: \(size)\r\n\r\nabc".utf8))
    _ = rest.receive([UInt8](repeating: 0x20, count: size - 3))
    #expect(rest.receive(Array("Content-Length: 4\r\n\r\nnull".utf8)) == [.message(.null)])
  }

  @Test(
    "end where a header cannot be read",
    arguments: [
      "Length: 4\r\n\r\n", "Content-Length: x\r\n\r\n", "Content-Length: -1\r\n\r\n",
      String(repeating: "x", count: 9000),
    ])
  func unreadable(text: String) {
    var queue = MessageQueue()
    #expect(queue.receive(Array(text.utf8)).count == 1)
    #expect(!queue.isReadable)
  }
}

@Suite("The life of a language server")
struct LifeTests {
  private func request(_ method: String, id: JSONValue = .number(7)) -> MessageQueue.Item {
    .message(.object(["jsonrpc": .text("2.0"), "id": id, "method": .text(method)]))
  }

  private func server() -> LanguageServer { LanguageServer(files: MemoryFiles(texts: [:]), version: "1") }

  private func code(_ messages: [JSONValue]) -> Int? { messages.first?["error"]?["code"]?.integer }

  @Test("begins with 'initialize'")
  func initialize() {
    var server = server()
    #expect(code(server.receive(request("textDocument/hover"))) == -32002)
    let answer = server.receive(request("initialize")).first?["result"]
    #expect(answer?["capabilities"]?["textDocumentSync"]?["change"] == .number(2))
    #expect(answer?["capabilities"]?["positionEncoding"] == .text("utf-16"))
    #expect(code(server.receive(request("initialize"))) == -32600)
  }

  @Test("ends with 'shutdown' and 'exit'")
  func shutdown() {
    var server = server()
    _ = server.receive(request("initialize"))
    #expect(server.receive(request("shutdown")).first?["result"] == .null)
    #expect(code(server.receive(request("textDocument/hover"))) == -32600)
    _ = server.receive(.message(.object(["jsonrpc": .text("2.0"), "method": .text("exit")])))
    #expect(server.exitCode == 0)
  }

  @Test("ends badly without 'shutdown'")
  func exit() {
    var server = server()
    _ = server.receive(.message(.object(["jsonrpc": .text("2.0"), "method": .text("exit")])))
    #expect(server.exitCode == 1)
  }

  @Test(
    "survives what is no request",
    arguments: [
      "null", "[]", "{}", "1", #"{"jsonrpc": "1.0", "id": 1, "method": "initialize"}"#,
      #"{"jsonrpc": "2.0", "id": [1], "method": "initialize"}"#, #"{"jsonrpc": "2.0", "id": 1}"#,
      #"{"jsonrpc": "2.0", "id": 1, "method": 5}"#,
    ])
  func notARequest(text: String) throws {
    var server = server()
    _ = server.receive(request("initialize"))
    #expect(code(server.receive(.message(try JSONValue(reading: Array(text.utf8))))) == -32600)
  }

  @Test("says which parameter is missing, and which method or document is unknown")
  func parameters() {
    var client = EditorClient(Desk.files)
    let hover = client.request("textDocument/hover", .null)["error"]
    #expect(hover?["code"] == .number(-32602))
    #expect(hover?["message"] == .text("'textDocument/hover' needs 'textDocument.uri'"))
    let unknown = client.request("textDocument/rename", .null)["error"]
    #expect(unknown?["code"] == .number(-32601))
    #expect(unknown?["message"] == .text("there is no method 'textDocument/rename'"))
    let document: JSONValue = .object(["textDocument": .object(["uri": .text("file:///x.yaml")])])
    let closed = client.request("textDocument/formatting", document)["error"]
    #expect(closed?["message"] == .text("the document 'file:///x.yaml' is not open"))
    client.open("fields.yaml")
    let place: JSONValue = .object([
      "textDocument": .object(["uri": .text(EditorClient.uri("fields.yaml"))]), "position": .text("x"),
    ])
    #expect(
      client.request("textDocument/hover", place)["error"]?["message"]
        == .text("'textDocument/hover' needs 'position'"))
  }

  @Test("ignores notifications that it does not know, and logs those that it cannot follow")
  func notifications() {
    var client = EditorClient(Desk.files)
    #expect(client.notify("$/setTrace", .null) == [])
    let answers = client.notify(
      "textDocument/didChange",
      .object(["textDocument": .object(["uri": .text("a")]), "contentChanges": .list([])]))
    #expect(answers.first?["params"]?["message"] == .text("the document 'a' is not open"))
  }

  @Test("skips a request that is cancelled before its turn")
  func cancel() throws {
    var client = EditorClient(Desk.files)
    let cancel = JSONValue.object([
      "jsonrpc": .text("2.0"), "method": .text("$/cancelRequest"), "params": .object(["id": .number(7)]),
    ])
    client.look(ahead: .message(cancel))
    #expect(code(client.receive(request("textDocument/hover"))) == -32800)
    #expect(code(client.receive(request("textDocument/hover"))) == -32602)
  }
}
