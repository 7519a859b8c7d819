import PluginAPI
import PluginProtocol
import Testing

@Suite("A line of a session")
struct WireMessageTests {
  private func read(_ text: String) throws(WireSyntaxError) -> WireMessage {
    try WireMessage(line: Array(text.utf8))
  }

  @Test(
    "is a request, a notification, a result or an error",
    arguments: [
      (
        #"{"jsonrpc":"2.0","id":"7","method":"ping","params":{"x":1}}"#,
        .request(id: Array(#""7""#.utf8), method: "ping")
      ),
      (
        #" { "method" : "ping" , "id" : 7 , "jsonrpc" : "2.0" } "#,
        .request(id: Array("7".utf8), method: "ping")
      ),
      (#"{"jsonrpc":"2.0","method":"$/log","params":{}}"#, .notification(method: "$/log")),
      (#"{"result":{},"id":"7","jsonrpc":"2.0","more":[]}"#, .response(id: "7")),
      (#"{"jsonrpc":"2.0","id":"7","result":null}"#, .response(id: "7")),
      (
        #"{"jsonrpc":"2.0","id":"7","error":{"code":-1,"message":"m","data":{"kind":"auth"}}}"#,
        .failure(id: "7", WireError(-1, "m", data: .object(["kind": .text("auth")])))
      ),
      (
        #"{"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"m"}}"#,
        .failure(id: nil, WireError(-1, "m"))
      ),
    ] as [(String, WireMessage.Kind)])
  func kinds(text: String, kind: WireMessage.Kind) throws { #expect(try read(text).kind == kind) }

  @Test(
    "is refused where it is none of these, and quoted",
    arguments: [
      ("connecting to db", "connecting to db", "an object was expected at byte 0"),
      ("", "", "an object was expected at byte 0"),
      ("[1]", "[1]", "an object was expected at byte 0"), ("{}", "{}", "it is no message of JSON-RPC 2.0"),
      (#"{"id":"1","result":{}}"#, #"{"id":"1","result":{}}"#, "it is no message of JSON-RPC 2.0"),
      (
        #"{"jsonrpc":"1.0","id":"1","result":{}}"#, #"{"jsonrpc":"1.0","id":"1","result":{}}"#,
        "it is no message of JSON-RPC 2.0"
      ),
      (#"{"jsonrpc":"2.0","id":"1"}"#, #"{"jsonrpc":"2.0","id":"1"}"#, "it is no message of JSON-RPC 2.0"),
      (
        #"{"jsonrpc":"2.0","result":{}}"#, #"{"jsonrpc":"2.0","result":{}}"#,
        "it is no message of JSON-RPC 2.0"
      ),
      (
        #"{"jsonrpc":"2.0","id":1,"result":{}}"#, #"{"jsonrpc":"2.0","id":1,"result":{}}"#,
        "it is no message of JSON-RPC 2.0"
      ),
      (
        #"{"jsonrpc":"2.0","id":"1","result":{},"error":{"code":1,"message":"m"}}"#,
        #"{"jsonrpc":"2.0","id":"1","result":{},"error":{"code":1,"message":"m"}}"#,
        "it is no message of JSON-RPC 2.0"
      ),
      (
        #"{"jsonrpc":"2.0","id":"1","error":"no"}"#, #"{"jsonrpc":"2.0","id":"1","error":"no"}"#,
        "it is no message of JSON-RPC 2.0"
      ),
      (
        #"{"jsonrpc":"2.0","id":"1","result":{}} x"#, #"{"jsonrpc":"2.0","id":"1","result":{}} x"#,
        "something stands behind the value at byte 38"
      ),
      ("{\"a\":\u{1B}[31m", "{\"a\":\\u{1B}[31m", "a value was expected at byte 5"),
      (
        String(repeating: "ü", count: 200), String(repeating: "ü", count: 120) + "…",
        "an object was expected at byte 0"
      ),
    ])
  func refused(text: String, quotation: String, reason: String) {
    let error = #expect(throws: WireSyntaxError.self) { try read(text) }
    #expect(error?.quotation == quotation)
    #expect(error?.reason == reason)
  }

  @Test("leaves tickets where they are: the page's buffer is the line")
  func page() throws {
    let line = Array(
      #"{"jsonrpc":"2.0","id":"1","result":{"tickets":[{"id":"a","n":[1,"]"]} , {"id":"b"}],"versions":["1","2"],"lines":[3,4],"malformed":[{"position":1,"line":9,"message":"m"}],"source":"s","nextCursor":"c","fraction":0.5,"unknown":{}}}"#
        .utf8)
    let result = try PageResult(try WireMessage(line: line), source: "plugin")
    #expect(result.page.buffer == line)
    let texts = result.page.records.map { String(decoding: line[$0.range], as: UTF8.self) }
    #expect(texts == [#"{"id":"a","n":[1,"]"]}"#, #"{"id":"b"}"#])
    #expect(result.page.records.map(\.line) == [3, 4])
    #expect(result.page.versions == ["1", "2"])
    #expect(result.page.malformed == [TicketPage.Malformed(position: 1, line: 9, message: "m")])
    #expect(result.page.source == "s" && result.page.fraction == 0.5 && result.nextCursor == "c")
    #expect(result.page.watermark == nil)
  }

  @Test("of a page is written so that it is read as the same page")
  func pageWriting() throws {
    let buffer = Array("{\"a\":\n1}{\"b\":2}{\"c\"".utf8)
    let page = TicketPage(
      source: "s", buffer: buffer,
      records: [.init(range: 0..<8, line: 1), .init(range: 8..<15, line: 3), .init(range: 15..<19, line: 4)],
      versions: ["x", "y", "z"])
    var writer = PageWriter(limit: 1 << 20)
    for index in 0..<3 {
      let isDone = writer.append(index, of: page)
      #expect(isDone)
    }
    let line = writer.finish(
      source: "s", cursor: "0", nextCursor: "3", watermark: Watermark("w"), fraction: 0.25
    ).line(answering: Array(#""1""#.utf8))
    #expect(
      String(decoding: line, as: UTF8.self).hasPrefix(
        #"{"jsonrpc":"2.0","result":{"sizes":[8,7],"tickets":["#))
    #expect(line.filter { $0 == 0x0A }.count == 1 && line.last == 0x0A)
    let read = try PageResult(try WireMessage(line: Array(line.dropLast())), source: "")
    #expect(
      read.page.records.map { String(decoding: read.page.buffer[$0.range], as: UTF8.self) } == [
        "{\"a\": 1}", "{\"b\":2}",
      ])
    #expect(read.page.records.map(\.line) == [1, 3])
    #expect(read.page.versions == ["x", "y"])
    #expect(read.page.malformed == [.init(position: 2, line: 4, message: "the record is not one JSON value")])
    #expect(
      read.cursor == "0" && read.nextCursor == "3" && read.page.watermark == Watermark("w")
        && read.page.fraction == 0.25)
  }

  @Test(
    "is cut by the sizes that stand before the tickets",
    arguments: [
      ("[9,2]", #"[{"a":"]"},{}]"#, [#"{"a":"]"}"#, "{}"]),
      (" [ 9 , 2 ] ", #"[{"a":"]"},{}]"#, [#"{"a":"]"}"#, "{}"]),
      ("[]", "[]", []), ("null", "[{} , {}]", ["{}", "{}"]),
      // Pieces that are no JSON are for the decoder to refuse.
      ("[12]", #"[{"a":"]"},{}]"#, [#"{"a":"]"},{}"#]), ("[7]", #"[{"a":1}]"#, [#"{"a":1}"#]),
    ])
  func sizes(sizes: String, tickets: String, expected: [String]) throws {
    let line =
      #"{"jsonrpc":"2.0","id":"1","result":{"sizes":\#(sizes),"tickets":\#(tickets),"nextCursor":"c"}}"#
    let result = try PageResult(try read(line), source: "")
    let texts = result.page.records.map { String(decoding: result.page.buffer[$0.range], as: UTF8.self) }
    #expect(texts == expected)
    #expect(result.nextCursor == "c")
  }

  @Test(
    "whose sizes are not those of the tickets is refused, wherever they point",
    arguments: [
      "[9]", "[2,9]", "[9,3]", "[9,1]", "[9,2,2]", "[8,3]", "[10,1]", "[0,2]", "[-9,2]", "[9.0,2]",
      "[9,999999]", "[]",
      "[9223372036854775807,2]", "[99999999999999999999]", "7", #""9,2""#, "[[9],2]",
    ])
  func wrongSizes(sizes: String) throws {
    let line = #"{"jsonrpc":"2.0","id":"1","result":{"sizes":\#(sizes),"tickets":[{"a":"]"},{}]}}"#
    let message = try read(line)
    let expected = WireShapeError(
      "'sizes' must hold the size of each ticket in bytes, and nothing stand between tickets but a comma")
    #expect(throws: expected) { try PageResult(message, source: "") }
  }

  @Test("needs no sizes, and none are written where a ticket is no object")
  func noSizes() throws {
    let buffer = Array("{}[1] {}".utf8)
    let page = TicketPage(
      source: "s", buffer: buffer, records: [0..<2, 2..<5, 5..<8].map { .init(range: $0, line: 0) })
    var writer = PageWriter(limit: 1 << 20)
    for index in 0..<3 {
      let isDone = writer.append(index, of: page)
      #expect(isDone)
    }
    let line = Array(writer.finish(source: "s").line(answering: Array(#""1""#.utf8)).dropLast())
    #expect(!String(decoding: line, as: UTF8.self).contains("sizes"))
    let read = try PageResult(try WireMessage(line: line), source: "").page
    #expect(
      read.records.map { String(decoding: read.buffer[$0.range], as: UTF8.self) } == ["{}", "[1]", "{}"])
  }

  @Test("holds as many records as its limit has room for")
  func limit() throws {
    let record = "{\"a\":\"\(String(repeating: "x", count: 1000))\"}"
    let buffer = Array(String(repeating: record, count: 50).utf8)
    let size = record.utf8.count
    let page = TicketPage(
      source: "s", buffer: buffer,
      records: (0..<50).map { .init(range: $0 * size..<($0 + 1) * size, line: $0) })
    var writer = PageWriter(limit: 20_000)
    var count = 0
    while writer.append(count, of: page) { count += 1 }
    #expect((10...19).contains(count))
    #expect(writer.finish(source: "s").line(answering: Array(#""1""#.utf8)).count <= 20_000)
    // A record that is too long alone is told as malformed.
    var small = PageWriter(limit: 5000)
    let long = TicketPage(
      source: "s", buffer: Array("[\(String(repeating: "1,", count: 4000))1]".utf8),
      records: [.init(range: 0..<8003, line: 7)])
    let isDone = small.append(0, of: long)
    #expect(isDone)
    let line = String(decoding: small.finish(source: "s").line(answering: []), as: UTF8.self)
    #expect(line.contains("the record has 8003 bytes, and a line of the protocol may have 5000"))
  }

  @Test("leaves brackets to the host where it cuts by sizes, and what has no braces to a line of its own")
  func cutBySizes() throws {
    let buffer = Array(#"{"a":[}{"b":1},{"c":2}[3]{"d":4} 5 }"#.utf8)
    let page = TicketPage(
      source: "s", buffer: buffer,
      records: [(0, 7), (7, 22), (22, 25), (25, 32), (32, 36)].map { .init(range: $0..<$1, line: 0) })
    func line(from first: Int) throws -> (count: Int, result: PageResult) {
      var writer = PageWriter(limit: 1 << 20, cutsBySizes: true)
      var index = first
      while index < page.records.count, writer.append(index, of: page) { index += 1 }
      let line = writer.finish(source: "s", cursor: "0").line(answering: Array(#""1""#.utf8))
      return (index, try PageResult(try WireMessage(line: Array(line.dropLast())), source: ""))
    }
    func records(_ result: PageResult) -> [String] {
      result.page.records.map { String(decoding: result.page.buffer[$0.range], as: UTF8.self) }
    }
    let first = try line(from: 0)
    #expect(first.count == 2)
    #expect(records(first.result) == [#"{"a":[}"#, #"{"b":1},{"c":2}"#])
    let second = try line(from: 2)
    #expect(second.count == 3)
    #expect(records(second.result) == ["[3]"])
    let third = try line(from: 3)
    #expect(records(third.result) == [#"{"d":4}"#])
    let fourth = try line(from: 4)
    #expect(fourth.count == 5 && records(fourth.result) == [])
    #expect(
      fourth.result.page.malformed == [
        .init(position: 0, line: 0, message: "the record is not one JSON value")
      ])
  }

  @Test("hands over decisions with their bytes as they are")
  func decisions() throws {
    let decisions = [
      DecisionRecord(ticket: "ü", version: "1", json: Array(#"{"a":1.50,"b":[]}"#.utf8)),
      DecisionRecord(ticket: "b", json: Array("{}".utf8)),
    ]
    let line = WireWriter.request(id: "1", "store/write", deadlineMilliseconds: 5) { line in
      line.appendKey("decisions")
      line.appendList(decisions) { $0.appendDecision($1) }
    }
    let message = try WireMessage(line: Array(line.dropLast()))
    let read = message.elements("decisions")?.compactMap { DecisionRecord(message, in: $0) }
    #expect(read == decisions)
    #expect(try message.value("deadlineMs") == .number(5))
  }

  @Test("hands over deliveries with all that they have")
  func deliveries() throws {
    let delivery = Delivery(
      key: "k", notice: "finding", ticket: "t", rule: "R", place: "r.yaml:1", to: ["a", "b"], title: "t\"",
      body: "b\n", severity: .warning)
    var bytes = [UInt8]()
    bytes.appendDelivery(delivery)
    #expect(Delivery(try JSONValue(reading: bytes)) == delivery)
  }

  @Test(
    "tells a plugin's errors with all that they say",
    arguments: [
      PluginError(.configuration, "m", pointer: "/a", hint: "h"),
      PluginError(.rateLimited, "m", retryAfterMilliseconds: 1500),
      PluginError(.internal, "m"),
    ])
  func errors(error: PluginError) throws {
    let line = WireWriter.failure(id: Array(#""1""#.utf8), WireError(error))
    guard case .failure("1", let read) = try WireMessage(line: Array(line.dropLast())).kind else {
      Issue.record("not read as an error")
      return
    }
    #expect(read.pluginError == error)
  }

  @Test(
    "tells results one by one",
    arguments: [
      Receipt.Status.delivered, .rejected(reason: "r"), .retry(afterMilliseconds: 70),
    ])
  func receipts(status: Receipt.Status) {
    let receipt = Receipt(key: "k", status: status)
    #expect(Receipt(JSONValue(receipt)) == receipt)
  }

  @Test(
    "tells what became of decisions",
    arguments: [WriteResult.Status.written, .conflict, .missing, .rejected(reason: "r")])
  func writeResults(status: WriteResult.Status) {
    let result = WriteResult(ticket: "t", status: status)
    #expect(WriteResult(JSONValue(result)) == result)
  }

  @Test("says what a plugin can do as a list of names or as an object")
  func capabilities() {
    let expected = Capabilities([.write, .incremental] as StoreCapabilities)
    #expect(Capabilities(.list([.text("write"), .text("incremental")])) == expected)
    #expect(
      Capabilities(
        .object(["write": .boolean(true), "incremental": .boolean(true), "changes": .boolean(false)]))
        == expected)
    #expect(expected.ofStore == [.write, .incremental])
    #expect(Capabilities(.list([.text("resolve"), .text("x")]))?.ofNotifier == .resolve)
  }
}
