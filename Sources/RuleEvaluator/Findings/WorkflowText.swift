import ByteOutput
import TicketModel
import WorkingTime

/// Words for findings about the workflow.
extension FindingText {
  func forbiddenStep(_ finding: Finding, of ticket: borrowing Ticket) -> String {
    let (from, to) = (stateLabel(finding.state), stateLabel(finding.rule))
    let field = labels[finding.field]
    let next = rulebook.workflow?.states[finding.state].next.map(stateLabel) ?? []
    let time = time(of: finding, ticket)
    if language == .chinese {
      let rest = next.isEmpty ? "之后没有其他状态" : "之后只能是\(next.map { "“\($0)”" }.joined(separator: "、"))"
      return "“\(field)”于 \(time) 由“\(from)”变为“\(to)”，流程不允许：“\(from)”\(rest)"
    }
    let rest = next.isEmpty ? "nothing follows \(from)" : "\(from) leads to \(next.joined(separator: ", "))"
    return "\(field) went from \(from) to \(to) at \(time), which the workflow does not allow: \(rest)"
  }

  func wrongInitialState(_ finding: Finding, of ticket: borrowing Ticket) -> String {
    let (field, state, time) = (labels[finding.field], stateLabel(finding.rule), time(of: finding, ticket))
    let initial = rulebook.workflow.map { stateLabel($0.initial) } ?? ""
    return language == .chinese
      ? "“\(field)”于 \(time) 从“\(state)”开始，应从“\(initial)”开始"
      : "\(field) began as \(state) at \(time), and must begin as \(initial)"
  }

  func missingInState(_ finding: Finding, of ticket: borrowing Ticket) -> String {
    let (field, state) = (labels[finding.field], stateLabel(finding.rule))
    guard finding.event != nil else {
      return language == .chinese
        ? "“\(state)”状态须有“\(field)”" : "\(field) is missing, which the state \(state) needs"
    }
    let time = time(of: finding, ticket)
    return language == .chinese
      ? "于 \(time) 进入“\(state)”时缺少“\(field)”" : "\(field) was missing when \(state) was entered at \(time)"
  }

  /// The check's own words, behind when they were not kept.
  func writeFailedGuard(_ finding: Finding, of ticket: borrowing Ticket, into bytes: inout ByteWriter) {
    let state = stateLabel(finding.state)
    let time = finding.event == nil ? nil : time(of: finding, ticket)
    switch (time, language) {
    case (let time?, .chinese): bytes.append(text: "于 \(time) 进入“\(state)”时：")
    case (let time?, .english): bytes.append(text: "when \(state) was entered at \(time): ")
    case (nil, .chinese): bytes.append(text: "“\(state)”状态下：")
    case (nil, .english): bytes.append(text: "in the state \(state): ")
    }
    writeFailure(finding, of: ticket, into: &bytes)
  }

  private func time(of finding: Finding, _ ticket: borrowing Ticket) -> String {
    guard let event = finding.event else { return "" }
    return ticket.events[event].at.text(in: rulebook.timeZone)
  }

  private func stateLabel(_ state: Int) -> String {
    rulebook.workflow.map { label(ofChoice: state, slot: $0.field) } ?? ""
  }
}
