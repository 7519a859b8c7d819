import Foundation
import Reports
import RuleEvaluator
import TestSupport
import Testing
import TicketModel
import WorkingTime

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("A record form")
struct FormTests {
  static let rules = #"""
    language: en
    time_zone: Asia/Shanghai
    title: {en: Desk, zh: 服务台}
    fields:
      id: {type: string, label: {en: Number, zh: 编号}}
      title: {section: {en: "1 <Submission> | *", zh: 1 提交}, type: string, label: {en: "Title | <b>", zh: 标题}}
      urgent: {type: boolean, label: {en: Urgent, zh: 紧急}}
      kind: {type: choice, label: {en: Kind}, values: {fault: {label: {en: Fault, zh: 故障}}, other: }}
      opened_at: {type: instant, label: {en: Opened}}
      day: {type: date}
      effort: {type: duration}
      users: {type: integer, max: 10}
      hours: {type: number}
      contact: {section: {en: 2 People, zh: 2 人员}, type: object, fields: {name: {type: string, masked: true}, town: {type: string}}}
      tags: {type: list, of: {type: string}}
      kinds: {type: list, of: {type: choice, values: {a: {label: {en: First}}}}}
      things: {type: list}
      steps:
        type: list
        of:
          type: object
          fields: {at: {type: instant, label: {en: At}}, done: {type: boolean}, who: {type: string, masked: true}, where.town: {type: string}, more: {type: list, of: {type: string}}}
      secrets: {type: list, masked: true}
      last: {type: string}
    """#

  private func form(_ record: String, language: String = "en", at now: String = "2026-03-02T12:00Z") throws
    -> Form
  {
    let rulebook = try compile(Self.rules)
    return RecordForm(rulebook, language: language).form(
      of: try rulebook.ticket(record), id: "T-1", at: try instant(now))
  }

  private func rows(_ form: Form) -> [String: Form.Value] {
    var rows = [String: Form.Value]()
    for part in form.parts {
      guard case .rows(let list) = part.content else { continue }
      for row in list { rows[row.label] = row.value }
    }
    return rows
  }

  @Test("has every field in its section, in the order of the rulebook, filled in or blank")
  func sections() throws {
    let form = try form(#"{"id": "T-1"}"#)
    #expect(form.parts.map(\.title) == ["Record", "1 <Submission> | *", "2 People", "Findings"])
    guard case .rows(let people) = form.parts[2].content else { return #expect(Bool(false)) }
    #expect(
      people.map(\.label) == [
        "contact.name", "contact.town", "tags", "kinds", "things", "steps", "secrets", "last",
      ])
    #expect(people.allSatisfy { $0.value == .blank })
    #expect(form.title == "Desk: record T-1")
    #expect(try self.form(#"{}"#, language: "zh").parts[1].title == "1 提交")
  }

  @Test("shows values as people write them, in the rulebook's language and zone")
  func values() throws {
    let rows = try rows(
      form(
        #"""
        {"urgent": true, "kind": "fault", "opened_at": "2026-03-02T01:00:00Z", "day": "2026-03-02", "effort": "4 hours",
         "users": 3, "hours": 2.50, "contact": {"name": "GEHEIM", "town": "Bern"}, "tags": ["a", "b"], "kinds": ["a", "b"],
         "things": [1, 2.5, true, null, {"k": [1, "x"]}], "secrets": ["GEHEIM"]}
        """#))
    #expect(rows["Urgent"] == .text("Yes"))
    #expect(rows["Kind"] == .text("Fault"))
    #expect(rows["Opened"] == .text("2026-03-02T09:00:00+08:00"))
    #expect(rows["day"] == .text("2026-03-02"))
    #expect(rows["effort"] == .text("4 hours"))
    #expect(rows["users"] == .text("3"))
    #expect(rows["hours"] == .text("2.5"))
    #expect(rows["contact.name"] == .text("***"))
    #expect(rows["contact.town"] == .text("Bern"))
    #expect(rows["tags"] == .items(["a", "b"]))
    #expect(rows["kinds"] == .items(["First", "b"]))
    #expect(rows["things"] == .items(["1", "2.5", "Yes", "", "k: 1, x"]))
    #expect(rows["secrets"] == .text("***"))
    #expect(try self.rows(form(#"{"urgent": false}"#, language: "zh"))["紧急"] == .text("否"))
  }

  @Test("shows what does not fit its field as it was written, unless the field is masked")
  func invalid() throws {
    let rows = try rows(form(#"{"users": 50, "kind": "nothing", "contact": {"name": 5}}"#))
    #expect(rows["users"] == .text("50"))
    #expect(rows["Kind"] == .text("nothing"))
    #expect(rows["contact.name"] == .text("***"))
    let history = #"{"users": 50, "history": [{"at": "2026-03-02T09:00Z", "set": {"users": 60}}]}"#
    #expect(try self.rows(form(history))["users"] == .text("(not valid)"))
  }

  @Test("says of a finding that it is waived, by which waiver and why")
  func waived() throws {
    let waiver = "\nwaivers: [{id: W-1, rule: fields.users, until: 2026-12-31, by: owner-a, reason: none}]"
    let rulebook = try compile(Self.rules + waiver)
    func rows(_ language: String, at now: String) throws -> [[String]] {
      let form = RecordForm(rulebook, language: language).form(
        of: try rulebook.ticket(#"{"id": "T-1", "users": 50}"#), id: "T-1", at: try instant(now))
      guard case .table(let table)? = form.parts.last?.content else { return [] }
      return table.rows
    }
    let message = "users is 50, which is out of range (...10)"
    #expect(
      try rows("en", at: "2026-03-02T09:00Z") == [
        ["waived", "fields.users", "\(message) (waived by W-1 until 2026-12-31: none)"]
      ])
    #expect(try rows("en", at: "2027-03-02T09:00Z") == [["error", "fields.users", message]])
    let chinese = try rows("zh", at: "2026-03-02T09:00Z")
    #expect(chinese.first?.first == "已豁免")
    #expect(chinese.first?.last?.hasSuffix("（由 W-1 豁免至 2026-12-31：none）") == true)
  }

  @Test("shows a list of objects as a table, without members that are not declared")
  func lists() throws {
    let rows = try rows(
      form(
        #"""
        {"steps": [{"at": "2026-03-02T01:00Z", "done": true, "who": "GEHEIM", "where": {"town": "Bern"}, "more": ["x", "y"],
          "extra": "GEHEIM"}, {"at": "later"}, 7]}
        """#))
    #expect(
      rows["steps"]
        == .table(
          Form.Table(
            header: ["At", "done", "who", "where.town", "more"],
            rows: [
              ["2026-03-02T09:00:00+08:00", "Yes", "***", "Bern", "x, y"], ["later", "", "", "", ""],
              ["", "", "", "", ""],
            ])))
  }

  @Test("tells in its history when and what, and not who; nothing of later")
  func history() throws {
    let form = try form(
      #"""
      {"urgent": true, "history": [
        {"at": "2026-03-02T09:00Z", "by": "GEHEIM", "set": {"urgent": true, "contact": {"name": "GEHEIM"}, "tags": ["a", "b"]}},
        {"at": "2026-03-02T10:00Z", "by": "GEHEIM", "set": {"tags": null, "steps": [{}, {}]}},
        {"at": "2026-03-02T13:00Z", "set": {"urgent": false}}]}
      """#)
    let history = try #require(form.parts.last)
    #expect(
      history.content
        == .table(
          Form.Table(
            header: ["At", "What changed"],
            rows: [
              ["2026-03-02T17:00:00+08:00", "Urgent: Yes; contact.name: ***; tags: a, b"],
              ["2026-03-02T18:00:00+08:00", "tags: (cleared); steps: 2 items"],
            ])))
  }

  @Test("never shows what is masked, whatever stands there", arguments: 0..<40)
  func masked(seed: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let rulebook = try compile(MaskedTickets.rules)
    let ticket = try rulebook.ticket(MaskedTickets.record(using: &generator))
    let form = RecordForm(rulebook, language: "en").form(
      of: ticket, id: "T-1", at: try instant("2026-03-03T09:00Z"))
    #expect(!MarkdownForm().text(form).contains(MaskedTickets.marker))
    #expect(!HTMLForm().text(form).contains(MaskedTickets.marker))
  }

  // MARK: Markup

  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'single' & \"double\" &amp;", "a|b||c",
    "one\ntwo\r\nthree\rfour", "**bold** _it_ `code` [link](javascript:alert(1)) ![i](x) ~~no~~ # head",
    "\\| \\\\", "]]> <!-- --> <?php ?>", "\u{0}\u{7}\u{1B}[31mred\u{FFFE}", "\t- item\n---\n# head\n> quote",
    "</td></tr></table></body></html>", "{{template}} ${x} $$y$$", "\u{202E}evil\u{2028}line",
  ]

  private func hostileForm(_ value: String) throws -> Form {
    let encoded = try String(decoding: JSONEncoder().encode([value]), as: UTF8.self).dropFirst().dropLast()
    return try form(
      #"""
      {"id": \#(encoded), "title": \#(encoded), "kind": \#(encoded), "tags": [\#(encoded), \#(encoded)],
       "steps": [{"at": \#(encoded), "more": [\#(encoded)]}],
       "history": [{"at": "2026-03-02T09:00Z", "set": {"title": \#(encoded), "last": \#(encoded)}}]}
      """#)
  }

  @Test("is a well-formed page without scripts, whatever the values", arguments: hostile)
  func html(value: String) throws {
    let form = try hostileForm(value)
    let page = HTMLForm().text(form)
    let reader = PageReader()
    #expect(reader.read(page), "\(page)")
    #expect(
      reader.elements.isSubset(of: [
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "section", "table", "thead", "tbody",
        "tr",
        "th", "td", "ul", "li", "p", "footer",
      ]))
    #expect(
      reader.attributes.isSubset(of: [
        "xmlns", "lang", "charset", "http-equiv", "content", "name", "class", "scope",
      ]))
    // What a browser shows is what the record holds, but for characters that no page can hold.
    if !value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0xFFFE }) {
      #expect(reader.cells.count { $0 == value } >= 5)
    }
  }

  @Test("is a Markdown table with as many cells in each row, whatever the values", arguments: hostile)
  func markdown(value: String) throws {
    let text = MarkdownForm().text(try hostileForm(value))
    for part in text.split(separator: "\n") where part.hasPrefix("|") {
      let cells = part.replacing("\\\\", with: "").replacing("\\|", with: "").count { $0 == "|" } - 1
      #expect([2, 3, 5].contains(cells), "\(part)")
      #expect(part.hasSuffix("|"))
    }
    for line in text.split(separator: "\n") {
      #expect(["#", "|", "*", "a"].contains(line.first), "\(line)")
    }
    let withoutBreaks = text.replacing("<br>", with: "")
    #expect(!withoutBreaks.contains("<") && !withoutBreaks.contains(">"))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(!text.replacing("\\]", with: "").contains("](") && !text.contains("\u{2028}"))
  }
}

/// Reads a page as XML, and remembers what it is made of.
private final class PageReader: NSObject, XMLParserDelegate {
  private(set) var elements: Set<String> = []
  private(set) var attributes: Set<String> = []
  private(set) var cells: [String] = []
  private var text = ""

  func read(_ page: String) -> Bool {
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = self
    return parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes given: [String: String] = [:]
  ) {
    elements.insert(name)
    attributes.formUnion(given.keys)
    text = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "td" || name == "li" || name == "th" { cells.append(text) }
    text = ""
  }
}
