import Diagnostics
import Engine
import FileAccess
import Testing

@Suite("The folder of a rulebook")
struct RulebookFolderTests {
  let folder = TemporaryFolder()

  private func write(_ names: [String]) throws {
    for name in names { try folder.write(name, "# \(name)\n") }
  }

  @Test("gives its rule files in the order of their paths' bytes, whatever the order they were written in")
  func order() throws {
    try write(["b.yaml", "a/z.yaml", "Z.yaml", "a.yml", "ä.yaml", "a-b.yaml", "a/b/c.yaml"])
    let rulebook = try RulebookFolder(folder.path)
    #expect(
      rulebook.rules.map(\.path) == [
        "Z.yaml", "a-b.yaml", "a.yml", "a/b/c.yaml", "a/z.yaml", "b.yaml", "ä.yaml",
      ])
    #expect(rulebook.rules.map { $0.line(1) } == rulebook.rules.map { "# \($0.path)" })
    #expect(rulebook.path == folder.path)
  }

  @Test(
    "leaves out tests, samples, and what is no YAML, and keeps them as files that a rule may name",
    arguments: [
      "a.test.yaml", "a.test.yml", "deep/er/a.test.yaml", "samples/a.yaml", "deep/samples/more/a.yml",
      "a.csv",
      "a.yaml.bak", "yaml", "holidays/cn.ics", "README.md", "a.YAML",
    ])
  func others(name: String) throws {
    try write(["rules.yaml", name])
    let rulebook = try RulebookFolder(folder.path)
    #expect(rulebook.rules.map(\.path) == ["rules.yaml"])
    #expect(rulebook.others == [name])
  }

  @Test("leaves hidden files and folders alone", arguments: [".a.yaml", ".git/a.yaml", "a/.b/c.yaml"])
  func hidden(name: String) throws {
    try write(["rules.yaml", name])
    let rulebook = try RulebookFolder(folder.path)
    #expect(rulebook.rules.map(\.path) == ["rules.yaml"])
    #expect(rulebook.others.isEmpty)
  }

  @Test(
    "takes names that only look like tests or samples for rules",
    arguments: ["test.yaml", "a-test.yaml", "samples.yaml", "mysamples/a.yaml", "sample/a.yaml"])
  func lookAlikes(name: String) throws {
    try write([name])
    #expect(try RulebookFolder(folder.path).rules.map(\.path) == [name])
  }

  @Test("may be named with a slash at its end")
  func trailingSlash() throws {
    try write(["a.yaml", "b/c.yaml"])
    #expect(try RulebookFolder(folder.path + "/").rules.map(\.path) == ["a.yaml", "b/c.yaml"])
    #expect(try RulebookFolder(folder.path + "//").rules.map(\.path) == ["a.yaml", "b/c.yaml"])
  }

  @Test("may lie below a folder named samples")
  func belowSamples() throws {
    try write(["samples/rules/a.yaml"])
    #expect(try RulebookFolder(folder.path + "/samples/rules").rules.map(\.path) == ["a.yaml"])
  }

  @Test("may be one rule file, whose neighbours are the files it may name")
  func oneFile() throws {
    try write(["a.yaml", "b.yaml", "holidays/cn.ics"])
    let rulebook = try RulebookFolder(folder.path + "/a.yaml")
    #expect(rulebook.rules.map(\.path) == ["a.yaml"])
    #expect(rulebook.path == folder.path)
    #expect(try rulebook.resource("holidays/cn.ics").line(1) == "# holidays/cn.ics")
  }

  @Test("that does not exist is an error with its path")
  func missing() {
    let path = folder.path + "/rules"
    let error = #expect(throws: FileError.self) { try RulebookFolder(path) }
    #expect(error?.message == "\(path): No such file or directory")
  }

  @Test("with a rule file that cannot be read is an error with that file's path")
  func unreadable() throws {
    try write(["a.yaml"])
    try makeLink(to: "nowhere.yaml", named: "b.yaml")
    let error = #expect(throws: FileError.self) { try RulebookFolder(folder.path) }
    #expect(error?.message == "\(folder.path)/b.yaml: No such file or directory")
  }

  @Test("without a rule in it compiles to no rulebook")
  func empty() throws {
    let loaded = try LoadedRulebook(folder.path)
    #expect(loaded.rulebook == nil)
    #expect(loaded.diagnostics.map(\.message) == ["there are no rules to check tickets with"])
  }

  @Test("names a file that a rule names and that is not there")
  func missingResource() throws {
    try write(["a.yaml"])
    let error = #expect(throws: FileError.self) { try RulebookFolder(folder.path).resource("cn.ics") }
    #expect(error?.message == "\(folder.path)/cn.ics: No such file or directory")
  }

  private func makeLink(to target: String, named name: String) throws {
    try Link.make(at: "\(folder.path)/\(name)", to: target)
  }
}
