import Foundation
import Reports
import Testing

@Suite("The charts of an HTML page")
struct BreachChartTests {
  private func content(_ findings: [ReportedFinding]) -> PageContent {
    var page = FindingPage()
    page.findings = findings
    let content = page.read()
    #expect(content.isWellFormed)
    return content
  }

  @Test("count breaches that are new, and nothing else")
  func counted() {
    var known = ReportedFinding.breach()
    known.standing = .known
    var waived = ReportedFinding.breach()
    waived.standing = .waived(waiver: 0)
    var warning = ReportedFinding.breach()
    warning.event = .warning
    let content = content([.breach(), known, waived, warning, .breach(team: "Other", week: "2026-10-14")])
    #expect(content.values(of: "teams") == ["Other: 1", "Team: 1"])
    #expect(content.values(of: "types") == ["Type: 2"])
    #expect(content.values(of: "weeks") == ["2026-10-12: 2"])
  }

  @Test("are correct with one bar, and with what has no name and no week")
  func few() {
    let single = content([.breach()])
    #expect(single.elements["svg"] == 3)
    #expect(single.texts["teams-title"] == "Breaches by team")
    var unnamed = ReportedFinding.breach()
    unnamed.breach = nil
    let content = content([unnamed, .breach(team: nil, type: nil, week: "soon")])
    #expect(content.values(of: "teams") == ["(no team): 2"])
    #expect(content.values(of: "types") == ["(no type): 2"])
    #expect(content.elements["svg"] == 2)
    #expect(content.paragraphs.contains("2 without a week."))
  }

  @Test("show the 20 most frequent names, by count and then by name, and the rest as one")
  func names() {
    var findings = [ReportedFinding]()
    for number in 10..<35 {
      let count = number < 12 ? 3 : number < 30 ? 2 : 1
      findings += Array(repeating: .breach(team: "Team \(number)"), count: count)
    }
    let values = content(findings).values(of: "teams")
    #expect(values.count == 21)
    #expect(values.prefix(3) == ["Team 10: 3", "Team 11: 3", "Team 12: 2"])
    #expect(values.suffix(2) == ["Team 29: 2", "(others): 5"])
  }

  @Test("keep a bounded number of names; what comes later counts among the others")
  func manyNames() {
    let values = content((1...10_500).map { .breach(type: "Type \($0)") }).values(of: "types")
    #expect(values.count == 21)
    #expect(values.last == "(others): 10,480")
  }

  @Test("have bars in proportion, and letters that keep their size")
  func proportions() {
    var page = FindingPage()
    page.findings = Array(repeating: .breach(team: "A"), count: 1_000) + [.breach(team: "B")]
    page.findings += Array(repeating: .breach(team: "C"), count: 333)
    let text = page.text()
    for width in ["100.0%", "33.3%", "0.5%"] {
      #expect(
        text.contains("<rect class=\"bar\" x=\"0\" y=") && text.contains("width=\"\(width)\" height=\"6\""))
    }
  }

  @Test("cut long names, and keep them whole beside")
  func longNames() {
    let name = String(repeating: "网络运营", count: 10)
    var page = FindingPage()
    page.findings = [.breach(team: name)]
    #expect(page.text().contains("<title>\(name)</title>网络运营网络运营网络运营网络运营网…</text>"))
    #expect(page.read().values(of: "teams") == ["\(name): 1"])
  }

  @Test("fill the gaps between weeks, over the end of a year as well")
  func gaps() {
    let content = content([
      .breach(week: "2027-01-11"), .breach(week: "2026-12-21"), .breach(week: "2027-01-11"),
    ])
    #expect(
      content.values(of: "weeks") == ["2026-12-21: 1", "2026-12-28: 0", "2027-01-04: 0", "2027-01-11: 2"])
  }

  @Test("show the latest 53 weeks, and say how many breaches are earlier", arguments: [false, true])
  func manyWeeks(isReversed: Bool) {
    let monday = Date(timeIntervalSince1970: 4 * 86_400)
    let weeks = (0..<1_000).map {
      monday.addingTimeInterval(Double($0) * 7 * 86_400).formatted(.iso8601.year().month().day())
    }
    let content = content((isReversed ? weeks.reversed() : weeks).map { .breach(week: $0) })
    let values = content.values(of: "weeks")
    #expect(values.count == 53)
    #expect(values.first == "\(weeks[947]): 1" && values.last == "\(weeks[999]): 1")
    #expect(content.paragraphs.contains("947 earlier than these 53 weeks."))
  }
}
