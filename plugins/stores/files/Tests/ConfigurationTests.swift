import Foundation
import PluginAPI
import PluginConformance
import Testing

@testable import FilesStore

@Suite("The files store's settings")
struct ConfigurationTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("{}\n", to: "tickets.ndjson")
    try folder.write("no tickets", to: "empty/notes.txt")
    try folder.write("no tickets", to: "empty/.hidden.json")
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    var values: [String: PluginConfiguration.Value]
    var pointer: String
    var message: String
    var hint: String?

    var testDescription: String { message }
  }

  static let emptyFolderHint =
    "ticket files end in .ndjson, .jsonl, .json, .csv, .yaml, .yml, with or without .gz"
  static let pathHint = "write a file, a folder, a pattern such as tickets/*.json, or '-' for standard input"

  static let refusals = [
    Refusal(
      values: [:], pointer: "/path", message: "'path' of files is missing: it says where the tickets are",
      hint: pathHint),
    Refusal(
      values: ["path": .list([])], pointer: "/path",
      message: "'path' of files is missing: it says where the tickets are", hint: pathHint),
    Refusal(values: ["path": .text("")], pointer: "/path", message: "the path is empty", hint: pathHint),
    Refusal(
      values: ["path": .number(1)], pointer: "/path",
      message: "'path' of files must be a text or a list of texts"),
    Refusal(
      values: ["path": .list([.text("$/tickets.ndjson"), .boolean(true)])], pointer: "/path/1",
      message: "'path' of files must be a list of texts"),
    Refusal(
      values: ["path": .text("$/ticket.ndjson")], pointer: "/path",
      message: "no file or folder '$/ticket.ndjson' exists", hint: "did you mean '$/tickets.ndjson'?"),
    Refusal(
      values: ["path": .list([.text("-"), .text("$/other")])], pointer: "/path/1",
      message: "no file or folder '$/other' exists"),
    Refusal(
      values: ["path": .text("$/empty")], pointer: "/path",
      message: "the folder '$/empty' has no ticket files",
      hint: emptyFolderHint),
    Refusal(
      values: ["path": .list([.text("$/*.csv")])], pointer: "/path/0",
      message: "the pattern '$/*.csv' matches no file",
      hint: "quote the pattern in a shell, or set allow_empty where no file is as good as some"),
    Refusal(
      values: ["path": .text("$"), "format": .text("xml")], pointer: "/format",
      message: "'format' of files is 'xml'",
      hint: "write one of auto, ndjson, json, csv, yaml"),
    Refusal(
      values: ["path": .text("$"), "allow_empty": .text("yes")], pointer: "/allow_empty",
      message: "'allow_empty' of files must be true or false"),
    Refusal(
      values: ["path": .text("$"), "id_field": .number(1)], pointer: "/id_field",
      message: "'id_field' of files must be a text"),
    Refusal(
      values: ["path": .text("$"), "fo~r/mat": .text("csv")], pointer: "/fo~0r~1mat",
      message: "'fo~r/mat' is not a setting of files",
      hint: "the settings are path, format, id_field, allow_empty"),
  ]

  @Test("that are wrong are refused with the pointer, the reason and the way out", arguments: refusals)
  func refused(refusal: Refusal) async throws {
    let configuration = PluginConfiguration(instance: "files", values: refusal.values.mapValues(inFolder))
    let error = #expect(throws: PluginError.self) { try FilesStore().open(configuration) }
    #expect(
      error
        == PluginError(
          .configuration, inFolder(refusal.message), pointer: refusal.pointer,
          hint: refusal.hint.map(inFolder)))
    let store = StoreConformance(configuration) { FilesStore() }
    #expect(await store.violations(refusing: configuration, at: refusal.pointer) == [])
  }

  private func inFolder(_ text: String) -> String { text.replacing("$", with: folder.path) }

  private func inFolder(_ value: PluginConfiguration.Value) -> PluginConfiguration.Value {
    switch value {
    case .text(let text): .text(inFolder(text))
    case .list(let items): .list(items.map(inFolder))
    default: value
    }
  }

  @Test("may allow that a folder or a pattern stands for no file")
  func allowEmpty() async throws {
    let paths = ["\(folder.path)/empty", "\(folder.path)/*.csv"].map(PluginConfiguration.Value.text)
    let store = try await openStore(["path": .list(paths), "allow_empty": .boolean(true)])
    #expect(try await lines(of: store) == [])
  }

  @Test("name files, folders and patterns; each file is read once, in the order of its first mention")
  func paths() async throws {
    try folder.write("{\"n\":1}", to: "a/1.json")
    try folder.write("{\"n\":2}", to: "a/b/2.json.gz.jsonl")
    try folder.write("{\"n\":3}", to: "a-b.ndjson")
    try folder.write("x", to: "a/notes.txt")
    let paths = ["a/b", "a-b.ndjson", "a*", "a/1.json"].map {
      PluginConfiguration.Value.text("\(folder.path)/\($0)")
    }
    #expect(
      try await lines(of: openStore(["path": .list(paths)]), below: folder.path + "/") == [
        "a/b/2.json.gz.jsonl:1: {\"n\":2}", "a-b.ndjson:1: {\"n\":3}", "a/1.json:1: {\"n\":1}",
      ])
  }

  @Test("that force a format overrule name and content")
  func forced() async throws {
    let path = try folder.write("[1]\n[2]\n", to: "lines.json")
    #expect(try await lines(of: openStore(path, format: "ndjson"), below: path) == [":1: [1]", ":2: [2]"])
    #expect(try await lines(of: openStore(path, format: "csv"), below: path) == [":2: {\"[1]\":\"[2]\"}"])
  }

  @Test("that leave the format open are an error where the content does not tell it")
  func unknownFormat() async throws {
    let path = try folder.write("hello\nworld\n", to: "notes.txt")
    let expected = PluginError(
      .configuration, "the format of '\(path)' cannot be told", pointer: "/path",
      hint: "set format to one of ndjson, json, csv, yaml")
    let store = try await openStore(path)
    await #expect(throws: expected) { try await lines(of: store) }
    #expect(
      try await store.check() == [
        PluginProblem(expected.message, pointer: expected.pointer, hint: expected.hint)
      ])
  }

  @Test("are checked for files that went away, too, which end a reading")
  func vanished() async throws {
    let path = try folder.write("{}\n", to: "gone.ndjson")
    let store = try await openStore(path)
    #expect(try await store.check() == [])
    try FileManager.default.removeItem(atPath: path)
    await #expect(throws: PluginError(.configuration, "no file or folder '\(path)' exists", pointer: "/path"))
    {
      try await lines(of: store)
    }
  }

  @Test("lead to a broken link only to say so")
  func brokenLink() async throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/x.json", withDestinationPath: "\(folder.path)/nowhere")
    let store = try await openStore(folder.path)
    let message = "\(folder.path)/x.json: No such file or directory"
    await #expect(throws: PluginError(.configuration, message, pointer: "/path")) {
      try await lines(of: store)
    }
    #expect(try await store.check() == [PluginProblem(message, pointer: "/path")])
  }

  @Test("must come before the first use")
  func notOpen() async {
    let store: any TicketStore = FilesStore()
    let expected = PluginError(.internal, "the store was used before it was opened")
    await #expect(throws: expected) { try await lines(of: store) }
    await #expect(throws: expected) { try await store.get(["1"]) }
    await #expect(throws: expected) { try await store.check() }
  }
}
