import Diagnostics
import PluginAPI
import Testing

@testable import PluginHost

@Suite("A manifest")
struct ManifestTests {
  private func read(_ text: String, folder: String = "plugins/stores/jira") -> (PluginManifest?, [String]) {
    var diagnostics = [Diagnostic]()
    let manifest = PluginManifest.read(
      SourceText(path: "\(folder)/plugin.yaml", text: text), folder: folder, into: &diagnostics)
    let lines = diagnostics.map { diagnostic in
      let place = diagnostic.place.map { "\($0.start.line):\($0.start.column)" } ?? ""
      return "\(place) \(diagnostic.message)" + (diagnostic.hint.map { " = \($0)" } ?? "")
    }
    return (manifest, lines)
  }

  static let sound = """
    name: jira
    version: 1.2.3
    role: store
    protocol: [1]
    summary: issues
    command: [bin/jira, --stdio]
    concurrency: 2
    environment: [HTTPS_PROXY]
    x-note: ours
    config:
      type: object
      additionalProperties: false
      required: [url]
      properties:
        url: {type: string, description: where it is}
        token: {type: string, secret: true}
        page: {type: integer, minimum: 1, maximum: 100}
        mode: {enum: [fast, slow]}
        fields: {type: array, items: {type: string}}

    """

  @Test("says all that is known of a plugin before it is started")
  func isRead() throws {
    let (read, problems) = read(Self.sound)
    #expect(problems == [])
    let manifest = try #require(read)
    #expect(manifest.name == "jira" && manifest.version == "1.2.3" && manifest.summary == "issues")
    #expect(manifest.role == .store && manifest.protocols == [1] && manifest.concurrency == 2)
    #expect(manifest.command == ["bin/jira", "--stdio"] && manifest.environment == ["HTTPS_PROXY"])
    #expect(manifest.schema.properties.map(\.name) == ["url", "token", "page", "mode", "fields"])
    #expect(manifest.schema["token"]?.isSecret == true)
  }

  @Test(
    "that is broken is reported with line, column and the nearest name, all of it",
    arguments: [
      (
        "name: jira\n",
        [
          "1:1 'version' is missing", "1:1 'role' is missing", "1:1 'protocol' is missing",
          "1:1 'summary' is missing",
        ]
      ),
      ("[]\n", ["1:1 expected a mapping"]),
      (
        sound.replacing("name: jira", with: "name: gira"),
        [
          "1:7 the plugin is called 'gira' and its folder 'jira' = give both one name: the folder's name selects the plugin"
        ]
      ),
      (sound.replacing("role: store", with: "role: stor"), ["3:7 'stor' is no role = did you mean 'store'?"]),
      (
        sound.replacing("protocol: [1]", with: "protocol: [2, 3]"),
        ["4:11 this plugin does not speak version 1 of the protocol = this docket speaks version 1 alone"]
      ),
      (
        sound.replacing("command: [bin/jira, --stdio]", with: "command: []"),
        ["6:10 the command has no words = write [python3, plugin.py], say"]
      ),
      (
        sound.replacing("command: [bin/jira, --stdio]", with: "command: bin/jira"),
        ["6:10 expected a list", "6:10 the command has no words = write [python3, plugin.py], say"]
      ),
      (
        sound.replacing("concurrency: 2", with: "concurency: 2"),
        ["7:1 'concurency' means nothing here = did you mean 'concurrency'?"]
      ),
      (sound.replacing("concurrency: 2", with: "concurrency: 0"), ["7:14 expected a whole number from 1"]),
      (
        sound.replacing("type: string, secret", with: "type: text, secret"),
        ["16:19 'text' is no type = write one of string, number, integer, boolean, array, object"]
      ),
      (
        sound.replacing("minimum: 1", with: "minmum: 1"),
        ["17:27 'minmum' means nothing here = did you mean 'minimum'?"]
      ),
      (
        sound.replacing("required: [url]", with: "required: [uri]"),
        ["13:14 'uri' is no required property = did you mean 'url'?"]
      ),
      (sound.replacing("secret: true", with: "secret: yes"), ["16:35 expected true or false"]),
    ] as [(String, [String])])
  func broken(text: String, problems: [String]) {
    let (manifest, found) = read(text)
    #expect(found == problems)
    #expect(manifest == nil)
  }
}

@Suite("The settings of a plugin")
struct SettingsTests {
  private static let schema: ConfigSchema = {
    var diagnostics = [Diagnostic]()
    let text = """
      name: p
      version: '1'
      role: store
      protocol: [1]
      summary: s
      config:
        type: object
        additionalProperties: false
        required: [url]
        properties:
          url: {type: string, description: where it is}
          page: {type: integer, minimum: 1, maximum: 100}
          ratio: {type: number, minimum: 0}
          top: {type: number, maximum: 9}
          mode: {enum: [fast, slow, 3, true]}
          flag: {type: boolean}
          fields: {type: [array, string], items: {type: string}}
          nested:
            type: object
            additionalProperties: false
            properties: {a/b: {type: integer}}

      """
    return PluginManifest.read(
      SourceText(path: "p/plugin.yaml", text: text), folder: "p", into: &diagnostics)?.schema
      ?? ConfigSchema()
  }()

  private func validate(_ values: [String: PluginConfiguration.Value]) throws(PluginError) {
    try Self.schema.validate(PluginConfiguration(instance: "p", values: values))
  }

  @Test("are accepted where the manifest allows them")
  func accepted() throws {
    try validate([
      "url": .text("u"), "page": .number(100), "ratio": .number(0.5), "top": .number(-1),
      "mode": .text("slow"),
      "flag": .boolean(true), "fields": .list([.text("a")]), "nested": .object(["a/b": .number(1)]),
    ])
    try validate(["url": .text("u"), "fields": .text("a"), "mode": .number(3)])
    try validate(["url": .text("u"), "mode": .boolean(true)])
  }

  @Test(
    "are refused with a pointer otherwise",
    arguments: [
      ([:], "'url' is missing", "/url", "where it is"),
      (["url": .number(1)], "'url' must be a text", "/url", nil),
      (["url": .text("u"), "page": .number(1.5)], "'page' must be a whole number", "/page", nil),
      (["url": .text("u"), "page": .number(0)], "'page' must be from 1 to 100", "/page", nil),
      (["url": .text("u"), "ratio": .number(-0.5)], "'ratio' must be at least 0", "/ratio", nil),
      (["url": .text("u"), "top": .number(9.5)], "'top' must be at most 9", "/top", nil),
      (
        ["url": .text("u"), "mode": .text("medium")], "'mode' must be one of fast, slow, 3, true", "/mode",
        nil
      ),
      (["url": .text("u"), "flag": .text("yes")], "'flag' must be true or false", "/flag", nil),
      (["url": .text("u"), "fields": .number(1)], "'fields' must be a list or a text", "/fields", nil),
      (
        ["url": .text("u"), "fields": .list([.text("a"), .number(1)])], "'fields[1]' must be a text",
        "/fields/1", nil
      ),
      (
        ["url": .text("u"), "nested": .object(["a/b": .text("x")])], "'a/b' must be a whole number",
        "/nested/a~1b", nil
      ),
      (
        ["url": .text("u"), "nested": .object(["c": .text("x")])], "'c' is not a setting of 'nested'",
        "/nested/c", "the settings are a/b"
      ),
      (["uri": .text("u")], "'uri' is not a setting of p", "/uri", "did you mean 'url'?"),
      (
        ["url": .text("u"), "something~else": .text("u")], "'something~else' is not a setting of p",
        "/something~0else",
        "the settings are url, page, ratio, top, mode, flag, fields, nested"
      ),
    ] as [([String: PluginConfiguration.Value], String, String, String?)])
  func refused(values: [String: PluginConfiguration.Value], message: String, pointer: String, hint: String?) {
    #expect(throws: PluginError(.configuration, message, pointer: pointer, hint: hint)) {
      try validate(values)
    }
  }

  @Test("of the command line, which are texts, are read as what the manifest asks for")
  func texts() {
    let values: [String: PluginConfiguration.Value] = [
      "page": .text("5"), "flag": .text("true"), "url": .text("5"), "ratio": .text("x"),
    ]
    #expect(
      Self.schema.reading(.object(values))
        == .object(["page": .number(5), "flag": .boolean(true), "url": .text("5"), "ratio": .text("x")]))
  }
}
