import Foundation
import Testing

@Suite("The language server as a process")
struct LanguageServerProcessTests {
  @Test(
    "serves a client of the protocol",
    .enabled(if: EditorPrograms.python != nil, "python3 with pygls is not here"))
  func client() throws {
    let rules = try TemporaryFolder(copyOf: Folders.repository + "/rules/technical-service")
    let script = "\(Folders.tests)/Fixtures/editor/client.py"
    let result = try EditorPrograms.run(EditorPrograms.python ?? "", [script, Program.path, rules.path])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.split(separator: "\n").count { $0.hasPrefix("ok: ") } == 14, "\(result.output)")
  }

  @Test(
    "serves Neovim with the configuration that stands in editors/",
    .enabled(if: EditorPrograms.neovim != nil, "nvim is not here"))
  func neovim() throws {
    let home = TemporaryFolder()
    let rules = "\(home.path)/rules/technical-service"
    try FileManager.default.createDirectory(atPath: "\(home.path)/rules", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: Folders.repository + "/rules/technical-service", toPath: rules)
    let script = "\(Folders.tests)/Fixtures/editor/neovim.lua"
    let arguments = ["--headless", "-u", "NONE", "-i", "NONE", "-S", script]
    let result = try EditorPrograms.run(
      EditorPrograms.neovim ?? "", arguments,
      ["DOCKET": Program.path, "EDITORS": Folders.repository + "/editors", "RULES": rules, "HOME": home.path])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.split(separator: "\n").count { $0.hasPrefix("ok: ") } == 8, "\(result.output)")
  }

  @Test(
    "is what the extension for Visual Studio Code starts",
    .enabled(if: EditorPrograms.node != nil, "node is not here"))
  func extensionForCode() throws {
    let script = "\(Folders.tests)/Fixtures/editor/extension_check.js"
    let result = try EditorPrograms.run(
      EditorPrograms.node ?? "", [script, Folders.repository + "/editors/vscode"])
    #expect(result.output == "docket lsp **/rules/**/*.{yaml,yml} true true\n", "\(result.errors)")
  }

  @Test(
    "is what the configuration for Helix names",
    .enabled(if: EditorPrograms.tomlPython != nil, "python3 with tomllib is not here"))
  func helix() throws {
    let line = """
      import sys, tomllib
      table = tomllib.load(open(sys.argv[1], 'rb'))
      server = table['language-server'][table['language'][0]['language-servers'][0]]
      print(server['command'], *server['args'])
      """
    let file = Folders.repository + "/editors/helix/languages.toml"
    let result = try EditorPrograms.run(EditorPrograms.tomlPython ?? "", ["-c", line, file])
    #expect(result.output == "docket lsp\n", "\(result.errors)")
  }

  @Test(
    "answers bad input, and ends when its input does",
    arguments: [
      // What comes in, the codes of the errors that it answers with, and how it ends.
      ("Content-Length: 3\r\n\r\n{a}", [-32700], 1), ("what is this\r\n\r\n", [-32700], 1), ("", [], 1),
      (#"{"jsonrpc":"2.0","method":"exit"}"#.framed, [], 1), ("[]".framed, [-32600], 1),
      (#"{"jsonrpc":"2.0","id":1,"method":"textDocument/hover"}"#.framed, [-32002], 1),
      (
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#.framed
          + #"{"jsonrpc":"2.0","id":2,"method":"nothing"}"#.framed
          + #"{"jsonrpc":"2.0","id":3,"method":"shutdown"}"#.framed
          + #"{"jsonrpc":"2.0","method":"exit"}"#.framed, [-32601], 0
      ),
      (
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#.framed
          + #"{"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":{}}"#.framed
          + #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":2}}"#.framed, [-32800], 1
      ),
    ] as [(String, [Int], Int32)])
  func badInput(input: String, codes: [Int], status: Int32) throws {
    let result = try EditorPrograms.run(Program.path, ["lsp"], input: input)
    #expect(result.status == status)
    let found = result.output.matches(of: /"code":(-?[0-9]+)/).compactMap { Int($0.1) }
    #expect(found == codes, "\(result.output)")
  }
}

@Suite("The commands for editors")
struct EditorCommandTests {
  @Test("leave the reference rules as they are")
  func reference() throws {
    let result = try Program.run(["fmt", "--check", "rules/technical-service"], in: Folders.repository)
    #expect(result.status == 0)
    #expect(result.output.hasSuffix(" files, 0 would change\n"), "\(result.output)")
  }

  @Test("lay out a folder, tests beside the rules as well")
  func format() throws {
    let folder = TemporaryFolder()
    try write("format: 1\nrulebook:  r\nx-a: {b:   c}\n", to: "\(folder.path)/a.yaml")
    try write("- {given:  {a: b}}\n", to: "\(folder.path)/a.test.yaml")
    try write("x: [\n", to: "\(folder.path)/broken.yaml")
    let check = try Program.run(["fmt", "--check", "."], in: folder.path)
    #expect(check.status == 2)
    #expect(check.output == "./a.test.yaml\n./a.yaml\n3 files, 2 would change\n")
    #expect(check.errors.contains("broken.yaml:2:1: error:"))
    #expect(check.errors.hasSuffix("error: 1 file with errors left as they are\n"))
    try FileManager.default.removeItem(atPath: "\(folder.path)/broken.yaml")
    #expect(try Program.run(["fmt", "--check", "."], in: folder.path).status == 1)
    #expect(try Program.run(["fmt", "."], in: folder.path).status == 0)
    #expect(try Program.run(["fmt", "--check", "."], in: folder.path).output == "2 files, 0 would change\n")
    #expect(try text("\(folder.path)/a.yaml") == "format: 1\nrulebook: r\nx-a: {b: c}\n")
    #expect(try folder.names() == ["a.test.yaml", "a.yaml"])
  }

  @Test("lay out standard input, and refuse what cannot be read there")
  func standardInput() throws {
    let sound = try EditorPrograms.run(Program.path, ["fmt", "--stdin"], input: "a:  [b,c]\n")
    #expect(sound.output == "a: [b, c]\n" && sound.status == 0)
    let broken = try EditorPrograms.run(Program.path, ["fmt", "--stdin"], input: "a: [b\n")
    #expect(broken.output == "" && broken.status == 2 && broken.errors.hasPrefix("-:"))
    let both = try Program.run(["fmt", "--stdin", "rules"], in: Folders.repository)
    #expect(both.status == 2)
  }

  @Test("print the schema of each kind of file, and no other")
  func schema() throws {
    for (kind, title) in [([], "Docket rule file, format 1"), (["holidays"], "Docket holiday file")] {
      let result = try Program.run(["schema"] + kind, in: Folders.repository)
      let schema = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
      #expect(schema?["title"] as? String == title)
    }
    let unknown = try Program.run(["schema", "tickets"], in: Folders.repository)
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("'tickets' is no kind of file: use 'rules' or 'holidays'."))
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }
  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}

extension String {
  /// With the header of the Language Server Protocol.
  fileprivate var framed: String { "Content-Length: \(utf8.count)\r\n\r\n\(self)" }
}

/// What tests of editor support drive the program with.
enum EditorPrograms {
  static let python = firstPython(that: "import pygls, lsprotocol")
  static let tomlPython = firstPython(that: "import tomllib")
  static let neovim = path(of: "nvim")
  static let node = path(of: "node")

  static func firstPython(that can: String) -> String? {
    let candidates = ["\(Folders.repository)/.build/python/bin/python3", path(of: "python3")]
    return candidates.compactMap(\.self).first { (try? run($0, ["-c", can]))?.status == 0 }
  }

  static func path(of name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":") + ["/usr/bin"]
    return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile(atPath:))
  }

  static func run(
    _ program: String, _ arguments: [String], _ environment: [String: String] = [:], input: String = "",
    folder: TemporaryFolder = TemporaryFolder()
  ) throws -> Program.Result {
    let process = Program.process(program, arguments, in: folder.path)
    process.environment?.merge(environment) { _, new in new }
    let files = ["input", "output", "errors"].map { "\(folder.path)/\($0)" }
    for path in files {
      try Data(path == files[0] ? Data(input.utf8) : Data()).write(to: URL(filePath: path))
    }
    process.standardInput = FileHandle(forReadingAtPath: files[0])
    process.standardOutput = FileHandle(forWritingAtPath: files[1])
    process.standardError = FileHandle(forWritingAtPath: files[2])
    try process.run()
    process.waitUntilExit()
    return Program.Result(
      status: process.terminationStatus, output: try String(contentsOfFile: files[1], encoding: .utf8),
      errors: try String(contentsOfFile: files[2], encoding: .utf8))
  }
}
