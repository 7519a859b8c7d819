import Diagnostics
import FileAccess
import Foundation
import PluginAPI
import ProcessAccess
import Testing

@testable import PluginHost

@Suite("The plugin catalog")
final class CatalogTests {
  private let scratch: ScratchFolder
  private static let linked = PluginDescription(
    name: "files", version: "1.0.0", role: .store, summary: "files", settings: [])

  init() throws { scratch = try ScratchFolder(in: NSTemporaryDirectory()) }
  deinit { scratch.remove() }

  private func add(_ place: String, command: String? = "[python3, plugin.py]", role: String = "store") throws
  {
    let folder = "\(scratch.path)/\(place)"
    try makeFolder(folder)
    let name = place.split(separator: "/").last ?? ""
    var text = "name: \(name)\nversion: '1'\nrole: \(role)\nprotocol: [1]\nsummary: s\n"
    if let command { text += "command: \(command)\n" }
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/plugin.yaml"))
  }

  private func catalog(_ roots: String...) -> PluginCatalog {
    PluginCatalog(linked: [Self.linked], roots: roots.map { "\(scratch.path)/\($0)" })
  }

  private func lines(_ contents: PluginCatalog.Contents) -> [String] {
    contents.entries.map { "\($0.role.rawValue) \($0.name): \($0.place.replacing(scratch.path, with: "$"))" }
  }

  @Test("finds what is linked, and plugins below a root, in a folder of plugins, and in a folder of its own")
  func finds() throws {
    try add("plugins/stores/b")
    try add("plugins/notifiers/a", role: "notifier")
    try add("plugins/notifiers/b", role: "notifier")
    try add("flat/c")
    try add("single/d")
    let contents = catalog("plugins", "flat", "single/d/").contents()
    #expect(contents.diagnostics == [])
    #expect(
      lines(contents) == [
        "notifier a: $/plugins/notifiers/a", "notifier b: $/plugins/notifiers/b",
        "store b: $/plugins/stores/b",
        "store c: $/flat/c", "store d: $/single/d", "store files: built in",
      ])
    #expect(
      catalog("plugins").find("b", .notifier).entry?.manifest?.folder == "\(scratch.path)/plugins/notifiers/b"
    )
    #expect(catalog("plugins").find("c", .store).entry == nil)
  }

  @Test("reads a folder once to which two roots lead")
  func sameFolder() throws {
    try add("plugins/stores/b")
    let contents = catalog("plugins", "plugins/", "plugins/stores/../stores", "plugins/stores/b").contents()
    #expect(contents.diagnostics == [])
    #expect(lines(contents) == ["store b: $/plugins/stores/b", "store files: built in"])
  }

  @Test("refuses two of one name, naming both")
  func duplicates() throws {
    try add("plugins/stores/jira")
    try add("other/jira")
    try add("more/files")
    let contents = catalog("plugins", "other", "more").contents()
    #expect(
      contents.diagnostics.map { $0.message.replacing(scratch.path, with: "$") } == [
        "there are two stores 'jira': $/other/jira and $/plugins/stores/jira",
        "there are two stores 'files': $/more/files and built in",
      ])
  }

  @Test("lets what came with docket give way to a nearer plugin of that name, and finds it elsewhere")
  func installed() throws {
    try add("plugins/stores/jira")
    try add("plugins/stores/files", command: nil)
    try add("usr/stores/jira")
    try add("usr/stores/files", command: nil)
    try add("usr/notifiers/jira", role: "notifier")
    let roots = ["\(scratch.path)/plugins"]
    let installed = "\(scratch.path)/usr"
    let contents = PluginCatalog(linked: [Self.linked], roots: roots, installed: installed).contents()
    #expect(contents.diagnostics == [])
    #expect(
      lines(contents) == [
        "notifier jira: $/usr/notifiers/jira", "store files: built in", "store jira: $/plugins/stores/jira",
      ])
    let alone = PluginCatalog(linked: [Self.linked], roots: [], installed: installed)
    #expect(alone.contents().diagnostics == [])
    #expect(alone.find("jira", .store).entry?.manifest?.folder == "\(installed)/stores/jira")
    #expect(alone.find("files", .store).entry?.manifest?.folder == "\(installed)/stores/files")
  }

  @Test("takes a folder without a command for that of a linked plugin, and for a mistake where there is none")
  func linked() throws {
    try add("plugins/stores/files", command: nil)
    #expect(catalog("plugins").find("files", .store).entry?.manifest != nil)
    #expect(catalog("plugins").find("files", .store).entry?.isLinked == true)
    try add("plugins/stores/fils", command: nil)
    #expect(
      catalog("plugins").contents().diagnostics.map(\.message) == [
        "'fils' has no command and is not built in"
      ])
  }

  @Test("starts a program beside the manifest, or of PATH, with files of the folder as such")
  func launch() throws {
    try add("p/own", command: "[bin/own, plugin.py, --x]")
    try makeFolder("\(scratch.path)/p/own/bin")
    for file in ["bin/own", "plugin.py"] {
      try Data().write(to: URL(filePath: "\(scratch.path)/p/own/\(file)"))
    }
    let variables = ["PATH": "/no:\(scratch.path)/p/own/bin", "HOME": "/h", "SECRET": "s", "MORE": "m"]
    let environment = PluginEnvironment(variable: { variables[$0] })
    var manifest = try #require(catalog("p").find("own", .store).entry?.manifest)
    let folder = "\(scratch.path)/p/own"
    manifest.environment = ["MORE", "ABSENT"]
    #expect(
      try manifest.launch(environment)
        == ProcessLaunch(
          path: "\(folder)/bin/own", arguments: ["\(folder)/plugin.py", "--x"],
          environment: ["PATH": variables["PATH"] ?? "", "HOME": "/h", "MORE": "m"]))
    manifest.command = ["own"]
    #expect(try manifest.launch(environment).path == "\(folder)/bin/own")
    manifest.command = ["nowhere"]
    #expect(
      throws: PluginError(.configuration, "there is no program 'nowhere' in PATH", hint: Wording.commandHint)
    ) {
      try manifest.launch(environment)
    }
    manifest.command = ["bin/absent"]
    let expected = PluginError(
      .configuration, "\(folder)/bin/absent, the program of own, is not there",
      hint: "a plugin that is compiled must be built first: 'make plugins' builds those of this project")
    #expect(throws: expected) { try manifest.launch(environment) }
  }
}
