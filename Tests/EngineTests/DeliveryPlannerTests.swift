import Engine
import PluginAPI
import RuleEvaluator
import TestSupport
import Testing
import TicketModel
import WorkingTime

@Suite("Planned deliveries")
struct DeliveryPlannerTests {
  static let rules = """
    language: en
    fields:
      id: {type: string}
      status: {type: choice, values: [open, blocked, done], label: {en: Status}}
      urgency: {type: choice, values: [high, low], label: {en: Urgency}}
      manager: {type: string}
      phone: {type: string, masked: true}
      opened_at: {type: instant}
      closed_at: {type: instant}
    calendars: {office: {weekly_hours: {mon-fri: ['09:00-17:00']}}}
    routing:
      hit: first
      inputs: [urgency]
      outputs: [team, assignee]
      rows:
        - {id: R-1, urgency: high, team: net, assignee: zhou}
      otherwise: {team: desk}
      teams:
        net: {label: {en: Network}, lead: net-lead, members: [zhou, sun]}
        desk: {lead: desk-lead, members: [lin], assign: none}
    windows:
      answer:
        label: {en: Answer}
        start: opened_at
        stop: closed_at
        target: 1 hour
        calendar: office
        warn: [50%]
        escalate:
          - {id: E-1, at: due, to: [team.lead, manager, service-manager], via: [chat]}
    """

  static let ticket =
    #"{"id": "T-1", "urgency": "high", "manager": "wu", "phone": "GEHEIM", "opened_at": "2026-03-02T09:00Z"}"#

  private func plan(
    _ notifications: String, _ ticket: String = Self.ticket, at now: String, assignee: String? = nil
  ) throws -> [PlannedDelivery] {
    let rulebook = try compile(Self.rules + "\n" + notifications)
    let ticket = try rulebook.ticket(ticket)
    let now = try instant("2026-03-02T\(now)Z")
    return DeliveryPlanner(rulebook, language: "en").deliveries(
      for: rulebook.decision(about: ticket, at: now), of: ticket, id: "T-1", at: now, assignee: assignee)
  }

  private func lines(_ planned: [PlannedDelivery]) -> [String] {
    planned.map { planned in
      let delivery = planned.delivery
      return "\(delivery.key) > \(delivery.to.joined(separator: " ")): \(delivery.title)"
    }
  }

  @Test("tell all notifiers of warnings and breaches where the rules have no notifications")
  func withoutNotifications() throws {
    #expect(
      lines(try plan("", at: "10:30")) == [
        "T-1/answer/answer/0/due > : T-1: Answer was due at 2026-03-02T10:00:00Z and is late",
        "T-1/answer/answer/0/50% > : T-1: Answer is due at 2026-03-02T10:00:00Z (50%)",
        "T-1/E-1/answer/0/due > net-lead wu service-manager: T-1: Answer is escalated, due at 2026-03-02T10:00:00Z (due)",
      ])
  }

  @Test("are none of a waived window, and none of a waived finding")
  func waived() throws {
    let rules = """
      required_fields: [{id: F-1, fields: [manager]}, {id: F-2, fields: [status]}]
      notifications: [{id: N-1, on: finding, to: boss}]

      """
    let waivers = """
      waivers:
        - {id: W-1, rule: F-1, until: 2026-03-31, by: owner-a, reason: none}
        - {id: W-2, rule: answer, until: 2026-03-31, by: owner-a, reason: none}
      """
    let ticket = Self.ticket.replacing(#""manager": "wu", "#, with: "")
    #expect(
      lines(try plan(rules, ticket, at: "10:30")) == [
        "T-1/E-1/answer/0/due > net-lead service-manager: T-1: Answer is escalated, due at 2026-03-02T10:00:00Z (due)",
        "T-1/F-1/manager/N-1 > boss: T-1: manager is missing",
        "T-1/F-2/status/N-1 > boss: T-1: Status is missing",
      ])
    #expect(
      lines(try plan(rules + waivers, ticket, at: "10:30")) == [
        "T-1/F-2/status/N-1 > boss: T-1: Status is missing"
      ])
  }

  @Test("go to whom a notification names, in its words")
  func notification() throws {
    let planned = try plan(
      #"""
      notifications:
        - id: N-1
          on: window.warning
          when: {urgency: high}
          to: [assignee, team, team.members]
          via: [mail]
          message: "{id} {urgency} {phone} {window.label} {window.due_at} {window.remaining} {level} {team.label} {team.lead} {assignee} {rule} {at}"
        - {id: N-2, on: window.warning, when: {urgency: low}}
      """#, at: "09:40")
    #expect(
      lines(planned) == [
        "T-1/answer/answer/0/50%/N-1 > zhou net sun: T-1 high *** Answer 2026-03-02T10:00:00Z 20 min 50% Network net-lead zhou answer 2026-03-02T09:30:00Z"
      ])
    #expect(planned.first?.notifiers == ["mail"])
    #expect(
      planned.first?.delivery.body
        == "Team: Network\nAssignee: zhou\nWindow: Answer\nDue: 2026-03-02T10:00:00Z")
  }

  @Test("name whom somebody else assigned, where the rules name nobody")
  func rotation() throws {
    let ticket = Self.ticket.replacing("high", with: "low")
    let rule = "notifications: [{id: N-1, on: window.warning, to: assignee}]"
    #expect(try plan(rule, ticket, at: "09:40").map(\.delivery.to) == [[]])
    #expect(try plan(rule, ticket, at: "09:40", assignee: "lin").map(\.delivery.to) == [["lin"]])
  }

  @Test("wait for the next opening where they are to come in working time")
  func workingTime() throws {
    let ticket = Self.ticket.replacing("T09:00Z", with: "T18:00Z")
    let planned = try plan(
      "notifications: [{id: N-1, on: window.breached, deliver: working-time}]", ticket, at: "23:00")
    let notification = try #require(planned.first { $0.delivery.rule == "N-1" })
    #expect(notification.due == (try instant("2026-03-02T19:00Z")))
    #expect(notification.notBefore == (try instant("2026-03-03T09:00Z")))
  }

  @Test("are grouped by what the notification names")
  func groups() throws {
    let planned = try plan(
      "notifications: [{id: N-1, on: window.warning, group_by: [team, urgency, window], group_wait: 5 minutes}]",
      at: "09:40")
    #expect(
      planned.map(\.group) == [
        PlannedDelivery.Group(rule: "N-1", values: ["net", "high", "answer"], wait: 300_000)
      ])
  }

  @Test("come again while the window is open, the latest time only")
  func repetition() throws {
    let rule = "notifications: [{id: N-1, on: window.breached, repeat: 4 hours}]"
    func keys(_ now: String, _ ticket: String = Self.ticket) throws -> [String] {
      try plan(rule, ticket, at: now).map(\.delivery.key).filter {
        $0.hasSuffix("N-1") || $0.contains("N-1/")
      }
    }
    #expect(try keys("13:59:59") == ["T-1/answer/answer/0/due/N-1"])
    #expect(try keys("14:00") == ["T-1/answer/answer/0/due/N-1/1"])
    #expect(try keys("23:00") == ["T-1/answer/answer/0/due/N-1/3"])
    let closed = Self.ticket.replacing("}", with: #", "closed_at": "2026-03-02T20:00Z"}"#)
    #expect(try keys("23:00", closed) == ["T-1/answer/answer/0/due/N-1"])
  }

  @Test("tell of changes of the status that met the condition when they happened")
  func status() throws {
    let ticket = #"""
      {"id": "T-1", "status": "open", "history": [
        {"at": "2026-03-02T09:00Z", "set": {"status": "blocked", "manager": "wu"}},
        {"at": "2026-03-02T09:30Z", "set": {"status": "blocked"}},
        {"at": "2026-03-02T09:40Z", "set": {"status": "open"}}]}
      """#
    let planned = try plan(
      "notifications: [{id: N-1, on: status.changed, when: {status: blocked}, to: manager}]", ticket,
      at: "10:00")
    #expect(
      lines(planned) == ["T-1/N-1/status.changed/0/1772442000000 > wu: T-1 is now: blocked"])
  }

  @Test("tell of findings, but not of those that windows tell of")
  func findings() throws {
    let planned = try plan(
      """
      required_fields: [{id: F-1, fields: [closed_at]}]
      notifications: [{id: N-1, on: finding, to: team.lead}]
      """, at: "09:40")
    #expect(lines(planned) == ["T-1/F-1/closed_at/N-1 > net-lead: T-1: closed_at is missing"])
  }

  @Test("about findings and reviews wait and are grouped as others are")
  func findingTimes() throws {
    let planned = try plan(
      """
      required_fields: [{id: F-1, fields: [closed_at]}]
      reviews: [{id: V-1, when: {urgency: high}, require: [phone, status]}]
      notifications:
        - {id: N-1, on: [finding, review], deliver: working-time, group_by: [team, rule], group_wait: 5 minutes}
      """, Self.ticket.replacing(#""phone": "GEHEIM", "#, with: ""), at: "20:00")
    let told = planned.filter { $0.delivery.key.hasSuffix("N-1") }
    #expect(told.map(\.delivery.notice) == ["finding", "review"])
    #expect(told.map(\.notBefore) == [try instant("2026-03-03T09:00Z"), try instant("2026-03-03T09:00Z")])
    #expect(
      told.map(\.group) == [
        PlannedDelivery.Group(rule: "N-1", values: ["net", "F-1"], wait: 300_000),
        PlannedDelivery.Group(rule: "N-1", values: ["net", "V-1"], wait: 300_000),
      ])
  }
}
