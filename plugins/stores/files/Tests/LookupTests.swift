import PluginAPI
import Testing

@testable import FilesStore

@Suite("Tickets asked for by id")
struct LookupTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("are found in every format, twice where they stand twice, with their file and line")
  func found() async throws {
    try folder.write("{\"id\":\"A-1\"}\n{\"x\":[{\"id\":\"A-2\"}],\"id\":\"A-3\"}\n", to: "1.ndjson")
    try folder.write("[{\"id\":\"A-2\"},\n{\"id\":\"A-1\"}]", to: "2.json")
    try folder.write("id,n\nA-4,1\n", to: "3.csv")
    let store = try await openStore(folder.path)
    let (tickets, missing) = try await store.get(["A-9", "A-4", "A-1", "A-2", "A-8", "A-9"])
    #expect(
      tickets.flatMap { $0.lines(below: folder.path + "/") } == [
        "1.ndjson:1: {\"id\":\"A-1\"}", "2.json:1: {\"id\":\"A-2\"}", "2.json:2: {\"id\":\"A-1\"}",
        "3.csv:2: {\"id\":\"A-4\",\"n\":\"1\"}",
      ])
    #expect(missing == ["A-9", "A-8"])
  }

  @Test("may have their ids in another field")
  func field() async throws {
    let path = try folder.write("{\"id\":1,\"number\":\"INC-1\"}\n", to: "1.ndjson")
    let store = try await openStore(["path": .text(path), "id_field": .text("number")])
    #expect(try await store.get(["INC-1"]).tickets.count == 1)
    #expect(try await store.get(["1"]).missing == ["1"])
  }

  @Test(
    "are known by the text of the first member of that name at the top level",
    arguments: [
      (#"{"id":"A"}"#, "A"), (#" { "x" : {"id":"B"} , "id" : "A" , "id" : "C" } "#, "A"),
      (#"{"id":12}"#, "12"),
      (#"{"id":-1.5e3}"#, "-1.5e3"), (#"{"\u0069d":"A"}"#, "A"),
      (#"{"id":"\u95ee\"\\\/\n\r\t\b\f\ud83d\ude00x"}"#, "问\"\\/\n\r\t\u{8}\u{C}😀x"),
      (#"{"id":""}"#, ""), (#"{"a":"\\","id":"A"}"#, "A"),
    ])
  func text(record: String, id: String) { #expect(read(record) == id) }

  @Test(
    "are not found in what has no such text",
    arguments: [
      "", " ", "{", "{}", "[]", "12", "{\"id\"", "{\"id\":", "{\"id\":}", "{\"id\" \"A\"}", "{\"id\":null}",
      "{\"id\":true}",
      "{\"id\":{\"id\":\"A\"}}", "{\"id\":\"A", "{\"x\":1 \"id\":\"A\"}", "{,\"id\":\"A\"}", #"{"id":"\"#,
      #"{"id":"\u12"}"#, #"{"id":"\uzzzz"}"#,
      "{\"ids\":\"A\"}", "\"id\":\"A\"",
    ])
  func none(record: String) { #expect(read(record) == nil) }

  private func read(_ record: String) -> String? {
    Array(record.utf8).withUnsafeBufferPointer { TicketIdentifier(field: "id").read($0, 0..<$0.count) }
  }
}
