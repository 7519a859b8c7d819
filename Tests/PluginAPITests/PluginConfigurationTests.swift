import PluginAPI
import Testing

@Suite("A plugin's setting")
struct PluginConfigurationTests {
  let configuration = PluginConfiguration(
    instance: "chat",
    values: [
      "text": .text("a"), "list": .list([.text("a"), .text("b")]), "mixed": .list([.text("a"), .number(1)]),
      "yes": .boolean(true), "number": .number(12), "half": .number(0.5), "huge": .number(1e300),
    ])

  @Test("is read by its type, and absent where it is not set")
  func values() throws {
    #expect(try configuration.text("text") == "a")
    #expect(try configuration.texts("text") == ["a"])
    #expect(try configuration.texts("list") == ["a", "b"])
    #expect(try configuration.boolean("yes") == true)
    #expect(try configuration.integer("number", in: 1...12) == 12)
    #expect(try configuration.choice("text", of: ["a", "b"]) == "a")
    #expect(try configuration.text("none") == nil)
    #expect(try configuration.texts("none") == [])
    #expect(try configuration.boolean("none") == nil)
    #expect(try configuration.integer("none", in: 1...2) == nil)
    #expect(try configuration.choice("none", of: []) == nil)
  }

  @Test("of another type is refused with its pointer")
  func wrong() {
    expect("/yes", "'yes' of chat must be a text") { try $0.text("yes") }
    expect("/yes", "'yes' of chat must be a text or a list of texts") { try $0.texts("yes") }
    expect("/mixed/1", "'mixed' of chat must be a list of texts") { try $0.texts("mixed") }
    expect("/text", "'text' of chat must be true or false") { try $0.boolean("text") }
    for key in ["text", "half", "huge", "number"] {
      expect("/\(key)", "'\(key)' of chat must be a whole number from 1 to 11") {
        try $0.integer(key, in: 1...11)
      }
    }
    expect("/text", "'text' of chat is 'a'", hint: "write one of b, c") {
      try $0.choice("text", of: ["b", "c"])
    }
  }

  @Test("that nobody knows is refused, the first in the alphabet")
  func unknown() {
    expect("/half", "'half' is not a setting of chat", hint: "the settings are text, list") {
      try $0.requireKnownKeys(["text", "list"])
    }
  }

  private func expect<Value>(
    _ pointer: String, _ message: String, hint: String? = nil, _ body: (PluginConfiguration) throws -> Value
  ) {
    #expect(throws: PluginError(.configuration, message, pointer: pointer, hint: hint)) {
      _ = try body(configuration)
    }
  }
}
