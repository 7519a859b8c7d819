import Diagnostics
import LocatedYAML

/// Reads `*.test.yaml` files; docs/testing.md is the reference of their keys.
extension NodeReader {
  private static let settingKeys = ["given", "with", "unchecked", "start", "calendar", "events"]
  private static let fileKeys = settingKeys + ["format", "bases", "as_of", "tests", "mutants"]
  private static let testKeys =
    ["name"] + settingKeys + ["others", "as_of", "each", "cases", "expect", "then"]

  func testFile(_ source: SourceText) -> TestFileDeclaration? {
    guard let root = document(source), let section = section(root, "a test file", keys: Self.fileKeys) else {
      return nil
    }
    checkFormat(section)
    var file = TestFileDeclaration(path: source.path)
    file.setting = setting(section)
    file.asOf = section["as_of"].flatMap { text($0, "'as_of'") }
    file.bases = section["bases"].flatMap { entries($0, "'bases'") }?.compactMap { base($0) } ?? []
    file.tests = section["tests"].flatMap { items($0, "'tests'") }?.compactMap { test($0) } ?? []
    file.acceptances = section["mutants"].map { acceptances($0) } ?? []
    return file
  }

  /// `format: 1` may be left out: a test file is known by its name.
  private func checkFormat(_ section: Section) {
    guard let node = section["format"], let format = text(node, "'format'"), format.value != "1" else {
      return
    }
    report(.unknownFormat(format))
  }

  private func base(_ entry: Node.Entry) -> BaseDeclaration? {
    section(entry.value, "a base", keys: Self.settingKeys).map {
      BaseDeclaration(name: entry.key, setting: setting($0))
    }
  }

  private func setting(_ section: Section) -> SettingDeclaration {
    var setting = SettingDeclaration()
    setting.given = section["given"].flatMap { given($0) }
    setting.with = fields(section, "with")
    setting.unchecked = fields(section, "unchecked")
    setting.start = section["start"].flatMap { text($0, "'start'") }
    setting.calendar = section["calendar"].flatMap { text($0, "'calendar'") }
    setting.events = events(section)
    return setting
  }

  private func events(_ section: Section) -> [EventDeclaration] {
    section["events"].flatMap { items($0, "'events'") }?.compactMap { event($0) } ?? []
  }

  private func given(_ node: Node) -> GivenDeclaration? {
    if case .scalar = node.content { return text(node, "'given'").map { .base($0) } }
    return entries(node, "'given'").map { .fields($0) }
  }

  private func fields(_ section: Section, _ key: String) -> [Node.Entry] {
    section[key].flatMap { entries($0, "'\(key)'") } ?? []
  }

  private func event(_ node: Node) -> EventDeclaration? {
    guard let section = section(node, "an event", keys: ["at", "by", "set"]),
      let at = required("at", of: "an event", in: section).flatMap({ text($0, "'at'") }),
      let set = required("set", of: "an event", in: section).flatMap({ entries($0, "'set'") })
    else { return nil }
    return EventDeclaration(at: at, by: section["by"].flatMap { text($0, "'by'") }, set: set)
  }

  private func required(_ key: String, of what: String, in section: Section) -> Node? {
    if let node = section[key] { return node }
    report(.missingKey(key, of: what, at: section.place))
    return nil
  }

  // MARK: Tests

  private func test(_ node: Node) -> TestDeclaration? {
    guard let section = section(node, "a test", keys: Self.testKeys),
      let name = required("name", of: "a test", in: section).flatMap({ text($0, "'name'") })
    else { return nil }
    var test = TestDeclaration(name: name, setting: setting(section))
    test.others =
      section["others"].flatMap { items($0, "'others'") }?.compactMap { entries($0, "a ticket") } ?? []
    test.asOf = section["as_of"].flatMap { text($0, "'as_of'") }
    test.each = section["each"].flatMap { entries($0, "'each'") }?.compactMap { values($0) } ?? []
    test.cases = section["cases"].flatMap { items($0, "'cases'") }?.compactMap { combination($0) } ?? []
    test.expect = section["expect"].flatMap { expectation($0) }
    test.then = section["then"].flatMap { items($0, "'then'") }?.compactMap { moment($0) } ?? []
    checkExpectations(of: test, section)
    return test
  }

  /// A test that expects nothing could not fail.
  private func checkExpectations(of test: TestDeclaration, _ section: Section) {
    if section["expect"] != nil || section["then"] != nil { return }
    let bare = test.cases.first { $0.expect == nil }
    if test.cases.isEmpty || bare != nil { report(.expectsNothing(test.name, at: bare?.place)) }
  }

  private func values(_ entry: Node.Entry) -> (field: Located<String>, values: [Node])? {
    guard let values = items(entry.value, "the values of '\(entry.key.value)'") else { return nil }
    if values.isEmpty { report(.noValues(entry.key)) }
    return (entry.key, values)
  }

  private func combination(_ node: Node) -> CaseDeclaration? {
    guard let section = section(node, "a case", keys: ["name", "with", "unchecked", "events", "expect"])
    else {
      return nil
    }
    return CaseDeclaration(
      name: section["name"].flatMap { text($0, "'name'") }, place: node.place, with: fields(section, "with"),
      unchecked: fields(section, "unchecked"), events: events(section),
      expect: section["expect"].flatMap { expectation($0) })
  }

  private func moment(_ node: Node) -> MomentDeclaration? {
    guard let section = section(node, "an item of 'then'", keys: ["at", "expect"]),
      let at = required("at", of: "an item of 'then'", in: section).flatMap({ text($0, "'at'") }),
      let expect = required("expect", of: "an item of 'then'", in: section).flatMap({ expectation($0) })
    else { return nil }
    return MomentDeclaration(at: at, expect: expect)
  }

  private func expectation(_ node: Node) -> ExpectationDeclaration? {
    let keys = ["priority", "row", "route", "tables", "windows", "findings", "waived", "notices"]
    guard let section = section(node, "'expect'", keys: keys) else { return nil }
    if section.entries.isEmpty { report(.emptyExpectation(at: node.place)) }
    return ExpectationDeclaration(
      priority: section["priority"], row: section["row"], route: section["route"], tables: section["tables"],
      windows: section["windows"], findings: section["findings"], waived: section["waived"],
      notices: section["notices"],
      place: node.place)
  }

  // MARK: Mutants

  private func acceptances(_ node: Node) -> [AcceptanceDeclaration] {
    guard let section = section(node, "'mutants'", keys: ["accepted"]),
      let list = required("accepted", of: "'mutants'", in: section)
    else { return [] }
    return items(list, "'accepted'")?.compactMap { acceptance($0) } ?? []
  }

  private func acceptance(_ node: Node) -> AcceptanceDeclaration? {
    guard let section = section(node, "an accepted mutant", keys: ["mutant", "reason"]),
      let mutant = required("mutant", of: "an accepted mutant", in: section).flatMap({ text($0, "'mutant'") }
      ),
      let reason = required("reason", of: "an accepted mutant", in: section).flatMap({ text($0, "'reason'") })
    else { return nil }
    return AcceptanceDeclaration(mutant: mutant, reason: reason.value)
  }
}
