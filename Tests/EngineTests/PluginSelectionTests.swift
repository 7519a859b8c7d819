import Engine
import PluginAPI
import Testing

@Suite("A plugin chosen on the command line")
struct PluginSelectionTests {
  @Test(
    "is a name, with settings behind a colon",
    arguments: [
      ("files", "files", [:]),
      ("files:", "files", [:]),
      ("files:path=a.csv", "files", ["path": .text("a.csv")]),
      ("file:path=a.ndjson,append=true", "file", ["path": .text("a.ndjson"), "append": .boolean(true)]),
      ("x:a=false,b=False", "x", ["a": .boolean(false), "b": .text("False")]),
      ("x:a=", "x", ["a": .text("")]),
      ("x:a=b=c", "x", ["a": .text("b=c")]),
      ("x:url=http://host:80/", "x", ["url": .text("http://host:80/")]),
      ("x:a=1,a=2", "x", ["a": .text("2")]),
      ("x:a=012", "x", ["a": .text("012")]),
      ("", "", [:]),
    ] as [(String, String, [String: PluginConfiguration.Value])])
  func parses(text: String, plugin: String, values: [String: PluginConfiguration.Value]) throws {
    let selection = try #require(PluginSelection(text))
    #expect(selection.plugin == plugin)
    #expect(selection.configuration == PluginConfiguration(instance: plugin, values: values))
  }

  @Test("needs a key and an equals sign for each setting", arguments: ["x:a", "x:a=1,b", "x:=1", "x:a=1,=2"])
  func refuses(text: String) {
    #expect(PluginSelection(text) == nil)
  }
}
