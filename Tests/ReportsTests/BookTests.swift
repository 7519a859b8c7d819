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

@Suite("A policy book")
struct BookTests {
  private static let rules = """
    fields:
      id: {type: string, required: true, unique: true, max_length: 20}
      status: {type: choice, label: 'S "<&>', values: {new: {label: 'New | <b>'}, done: {}}}
      users: {type: integer, min: 0, max: 9}
      tags: {type: list, of: {type: string}}
      opened_at: {type: instant}
      submitted_at: {type: instant}
      closed_at: {type: instant}
      secret: {type: string, masked: true, label: '`x` *y*'}
    calendars:
      office:
        weekly_hours: {mon-fri: [09:00-12:00, 13:30-18:00], sat: [10:00-12:00]}
        holidays: [{date: 2026-10-01..2026-10-03, name: a}, {date: 2026-12-25, name: b}]
        special_days: {2026-10-10: [09:00-10:00]}
    priorities:
      levels: [high, low]
      hit: first
      inputs: [users]
      rows: [{id: P-1, users: 3..., priority: high}, {id: P-2, expr: has(secret), priority: high}]
      otherwise: {priority: low}
    tables:
      total: {hit: collect sum, inputs: [users], outputs: {sum: integer}, rows: [{id: T-1, users: 1..., sum: 1}], otherwise: {sum: 0}}
    routing:
      hit: first
      inputs: [priority]
      outputs: [team, assignee]
      rows: [{id: R-1, priority: high, team: one, assignee: ann}]
      otherwise: {team: two}
      teams: {one: {label: 'One', lead: ann, members: [ann], assign: first}, two: {members: [bob, cai], assign: round-robin}}
    windows:
      fix:
        start: {status: new}
        stop: closed_at
        target: {by: priority, high: 90 working minutes, low: 3 working days}
        calendar: office
        pause: {users: 0}
        warn: [50%, due - 1 hour]
        escalate: [{id: E-1, at: due + 30 minutes, to: [team.lead, tags]}]
      reply: {start: opened_at, stop: closed_at, target: 36 hours}
    required_fields:
      - {id: F-1, from: done, fields: [closed_at, users], message: 'no "{field}" | <i>'}
    checks:
      - {id: C-1, severity: warning, when: {status: done}, expr: '!has(tags) || tags.exists(t, t == "a|`b`")'}
    workflow: {field: status, initial: new, states: {new: {category: open, next: [done]}, done: {category: closed, next: [new], requires: [users], guard: C-1}}}
    reviews:
      - {id: V-1, group_by: [users], count: 3, within: 2 days, require: [tags]}
    notifications:
      - {id: N-1, on: [window.breached], to: [assignee], deliver: working-time, group_by: [team, users], group_wait: 5 minutes, repeat: 2 days, message: '{id}: {window.label}'}
    waivers:
      - {id: W-1, rule: fields.users, when: {status: new}, until: 2026-12-31, by: 'owner | <b>', reason: 'no "<users>" | yet'}
    """

  private func book(_ language: String) throws -> Book {
    PolicyBook(try compile(Self.rules), language: language).book
  }

  @Test("tells of every rule", arguments: ["zh", "en"]) func ids(language: String) throws {
    let rulebook = try compile(Self.rules)
    var ids = rulebook.tables.flatMap { $0.rows.map(\.id) } + rulebook.windows.map(\.id)
    ids += rulebook.windows.flatMap { $0.escalations.map(\.id) } + rulebook.requirements.map(\.id)
    ids += rulebook.checks.map(\.id) + rulebook.reviews.map(\.id) + rulebook.notifications.map(\.id)
    ids += rulebook.waivers.flatMap { [$0.id, $0.rule, $0.until.text, $0.by, $0.reason] }
    ids += rulebook.schema.fields.map(\.name) + (rulebook.routing?.teams.map(\.name) ?? [])
    let reader = BookReader()
    #expect(reader.read(HTMLBook().text(try book(language))))
    #expect(ids.count > 20)
    for id in ids { #expect(reader.words.contains(id), "\(id)") }
  }

  @Test("is a page that is well-formed, needs nothing else, and has each anchor once") func page() throws {
    let reader = BookReader()
    #expect(reader.read(HTMLBook().text(try book("en"))))
    #expect(
      reader.elements.isSubset(of: [
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "nav", "ol", "li", "a", "section",
        "p", "table", "thead", "tbody", "tr", "th", "td", "b", "small", "code", "br", "footer", "svg", "defs",
        "marker", "path", "rect", "text",
      ]))
    #expect(Set(reader.anchors).count == reader.anchors.count)
    #expect(reader.anchors.contains("C-1") && reader.anchors.contains("fix"))
    for link in reader.links { #expect(reader.anchors.contains(String(link.dropFirst())), "\(link)") }
    #expect(reader.words.contains(#"!has(tags) || tags.exists(t, t == "a|`b`")"#))
    #expect(reader.words.contains("New | <b>"))
  }

  @Test("is Markdown with as many cells in each row of a table", arguments: ["zh", "en"])
  func markdown(language: String) throws {
    let text = MarkdownBook().text(try book(language))
    var width: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        width = nil
        continue
      }
      let cells = line.replacing("\\|", with: "").count { $0 == "|" }
      #expect(cells == width ?? cells, "\(line)")
      width = cells
    }
    #expect(
      text.contains("s0 : New | #60;b#62;") && text.contains("[*] --> s0") && text.contains("s1 --> s0"))
    #expect(text.contains("| C-1 (rules.yaml:"))
    let prose = text.replacing(/`+[^`]*`+/, with: "").replacing("<br>", with: "")
    #expect(!prose.contains("<b>") && !prose.contains("<i>"))
  }

  @Test("says lengths of time, levels and channels in words") func words() throws {
    let chinese = MarkdownBook().text(try book("zh"))
    for words in [
      "1 个工作小时 30 分钟工作时间", "3 个工作日", "到期后 30 分钟", "到期前 1 小时", "2 天内 3 张工单",
      "按团队、users合并，等待 5 分钟", "2026-10-01 … 2026-10-03", "2026-10-10 周六", "轮流",
    ] { #expect(chinese.contains(words), "\(words)") }
    let english = MarkdownBook().text(try book("en"))
    for words in [
      "1 working hour 30 working minutes", "30 minutes after it was due", "50 % used", "members in turn",
      "3 tickets within 2 days that share users", "The sum of all rows that apply.", "at most 9", "masked",
    ] { #expect(english.contains(words), "\(words)") }
  }
}

/// Reads a page as XML, and remembers what it is made of.
private final class BookReader: NSObject, XMLParserDelegate {
  private(set) var elements: Set<String> = []
  private(set) var anchors: [String] = []
  private(set) var links: [String] = []
  /// The texts of all elements.
  private(set) var words: Set<String> = []
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
    if let id = given["id"] { anchors.append(id) }
    if let link = given["href"] { links.append(link) }
    text = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    words.insert(text)
    text = ""
  }
}
