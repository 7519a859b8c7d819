import ByteOutput
import Diagnostics
public import TicketModel
import WorkingTime

/// Puts notices into words, in the language that it was made for.
///
/// All wording of notices stands here. No message holds the value of a masked field.
public struct NoticeText: Sendable {
  private let rulebook: Rulebook
  private let findings: FindingText
  private let language: Language
  private let tag: String

  public init(_ rulebook: Rulebook, language tag: String) {
    self.rulebook = rulebook
    self.tag = tag
    language = Language(tag: tag)
    findings = FindingText(rulebook, language: tag)
  }

  /// One line about `notice`: the rule's own message, else what Docket says.
  public func title(
    _ notice: Notice, _ template: MessageTemplate?, of ticket: borrowing Ticket,
    _ subject: NoticeSubject, _ decision: borrowing Decision
  ) -> String {
    guard let template else { return builtIn(notice, of: ticket, subject, decision) }
    var line = ByteWriter()
    for segment in template.segments(in: tag) {
      if case .notice(let place) = segment {
        line.append(text: value(of: place, notice, of: ticket, subject, decision))
      } else {
        write(segment, of: ticket, subject, into: &line)
      }
    }
    return line.text
  }

  /// One line about what was found: the notification's own message, else the finding's behind the ticket's id.
  ///
  /// - Parameter rule: the id of the rule that found it.
  public func title(
    about finding: String, rule: String, _ template: MessageTemplate?, of ticket: borrowing Ticket,
    _ subject: NoticeSubject
  ) -> String {
    guard let template else {
      return language == .chinese ? "\(subject.id)：\(finding)" : "\(subject.id): \(finding)"
    }
    var line = ByteWriter()
    for segment in template.segments(in: tag) {
      switch segment {
      case .notice(.message): line.append(text: finding)
      case .notice(.rule): line.append(text: rule)
      case .notice(.at): line.append(text: text(subject.now))
      case .notice(let place): line.append(text: value(of: place, subject))
      default: write(segment, of: ticket, subject, into: &line)
      }
    }
    return line.text
  }

  private func write(
    _ segment: MessageTemplate.Segment, of ticket: borrowing Ticket, _ subject: NoticeSubject,
    into line: inout ByteWriter
  ) {
    switch segment {
    case .text(let text): line.append(text: text)
    case .field(let slot):
      let value = ticket.value(of: slot, at: subject.now)
      line.append(text: findings.value(ofSlot: slot, value, in: ticket))
    case .missingField, .notice: break
    }
  }

  /// What a reader may want to know beside the title: the team, who has the ticket, the due instant.
  public func body(_ notice: Notice, _ subject: NoticeSubject, _ decision: borrowing Decision) -> String {
    var lines = [String]()
    if let team = subject.team { lines.append(line("团队", "Team", team.label.text(in: tag) ?? team.name)) }
    if let assignee = subject.assignee { lines.append(line("负责人", "Assignee", assignee)) }
    if notice.isAboutWindow {
      lines.append(line("时限", "Window", label(of: notice)))
      if let due = due(notice, decision) { lines.append(line("到期", "Due", text(due))) }
    }
    return lines.joined(separator: "\n")
  }

  private func line(_ chinese: String, _ english: String, _ value: String) -> String {
    language == .chinese ? "\(chinese)：\(value)" : "\(english): \(value)"
  }
}

// MARK: - Docket's own words

extension NoticeText {
  private func builtIn(
    _ notice: Notice, of ticket: borrowing Ticket, _ subject: NoticeSubject, _ decision: borrowing Decision
  ) -> String {
    let due = due(notice, decision).map(text) ?? "—"
    switch (notice.event, language) {
    case (.warning, .chinese): return "\(subject.id)：“\(label(of: notice))”将于 \(due) 到期（\(level(of: notice))）"
    case (.warning, .english):
      return "\(subject.id): \(label(of: notice)) is due at \(due) (\(level(of: notice)))"
    case (.breached, .chinese): return "\(subject.id)：“\(label(of: notice))”应于 \(due) 前完成，已超时"
    case (.breached, .english): return "\(subject.id): \(label(of: notice)) was due at \(due) and is late"
    case (.escalation, .chinese):
      return "\(subject.id)：“\(label(of: notice))”升级处理，到期时间 \(due)（\(level(of: notice))）"
    case (.escalation, .english):
      return "\(subject.id): \(label(of: notice)) is escalated, due at \(due) (\(level(of: notice)))"
    case (.statusChanged, .chinese): return "\(subject.id)：状态变为“\(status(notice, of: ticket))”"
    case (.statusChanged, .english): return "\(subject.id) is now: \(status(notice, of: ticket))"
    case (.finding, _), (.review, _): return subject.id
    }
  }

  /// What the status became.
  private func status(_ notice: Notice, of ticket: borrowing Ticket) -> String {
    guard let slot = rulebook.statusSlot, ticket.events.indices.contains(notice.level) else { return "—" }
    for change in ticket.events[notice.level].changes where ticket.changes[change].slot == slot {
      return findings.value(ofSlot: slot, ticket.changes[change].value, in: ticket)
    }
    return "—"
  }

  private func label(of notice: Notice) -> String { findings.windowLabels[notice.rule] }

  private func level(of notice: Notice) -> String {
    let window = rulebook.windows[notice.rule]
    switch notice.event {
    case .warning: return window.warnings[notice.level].text
    case .escalation: return window.escalations[notice.level].level.text
    default: return "due"
    }
  }

  /// When the window that the notice speaks of is due; of a breach that is its own instant.
  private func due(_ notice: Notice, _ decision: borrowing Decision) -> Instant? {
    if notice.event == .breached { return notice.at }
    return reading(notice, decision)?.dueAt
  }

  private func reading(_ notice: Notice, _ decision: borrowing Decision) -> WindowReading? {
    notice.isAboutWindow ? decision.reading(ofWindow: notice.rule) : nil
  }

  private func text(_ instant: Instant) -> String { instant.text(in: rulebook.timeZone) }
}

// MARK: - Placeholders

extension NoticeText {
  private func value(
    of place: NoticePlaceholder, _ notice: Notice, of ticket: borrowing Ticket,
    _ subject: NoticeSubject, _ decision: borrowing Decision
  ) -> String {
    let reading = reading(notice, decision)
    switch place {
    case .windowID: return rulebook.windows[notice.rule].id
    case .windowLabel: return label(of: notice)
    case .windowStartedAt: return reading?.startedAt.map(text) ?? "—"
    case .windowDueAt: return due(notice, decision).map(text) ?? "—"
    case .windowStoppedAt: return reading?.stoppedAt.map(text) ?? "—"
    case .windowElapsed: return reading.map { duration($0.elapsed, $0) } ?? "—"
    case .windowRemaining: return remaining(of: reading)
    case .level: return level(of: notice)
    case .rule: return rulebook.rule(of: notice).id
    case .at: return text(notice.at)
    case .message: return builtIn(notice, of: ticket, subject, decision)
    case .team, .teamLabel, .teamLead, .assignee: return value(of: place, subject)
    }
  }

  private func value(of place: NoticePlaceholder, _ subject: NoticeSubject) -> String {
    switch place {
    case .team: subject.team?.name ?? "—"
    case .teamLabel: subject.team.map { $0.label.text(in: tag) ?? $0.name } ?? "—"
    case .teamLead: subject.team?.lead ?? "—"
    case .assignee: subject.assignee ?? "—"
    default: "—"
    }
  }

  private func remaining(of reading: WindowReading?) -> String {
    guard let reading, let remaining = reading.remaining else { return "—" }
    return duration(remaining, reading)
  }

  private func duration(_ milliseconds: Int64, _ reading: WindowReading) -> String {
    let length = DurationText(
      milliseconds: Int64(clamping: milliseconds.magnitude), isWorking: reading.countsWorkingTime
    ).text(language).drop { $0 == " " }
    return milliseconds < 0 ? "-\(length)" : String(length)
  }
}

extension Notice {
  /// Whether `rule` is the index of a window.
  public var isAboutWindow: Bool {
    switch event {
    case .warning, .breached, .escalation: true
    case .statusChanged, .finding, .review: false
    }
  }
}
