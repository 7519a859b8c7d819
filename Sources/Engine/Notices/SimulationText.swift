import Diagnostics
import Reports
import PluginAPI
public import RuleEvaluator
public import WorkingTime

/// Puts what a simulation foretells into lines that people read, in the language that it was made for.
public struct SimulationText: Sendable {
  private let rulebook: Rulebook
  private let tag: String
  private let language: Language

  public init(_ rulebook: Rulebook, language tag: String) {
    (self.rulebook, self.tag, language) = (rulebook, tag, Language(tag: tag))
  }

  /// The whole text, ending in a newline.
  ///
  /// - Parameter source: where the ticket stands, `file:line`.
  public func text(
    _ outcome: Simulation.Outcome, id: String, source: String, from now: Instant, until end: Instant
  ) -> String {
    var lines = [head(id, source, now, end)]
    lines += outcome.windows.map { "  " + state(of: $0) }
    if !outcome.events.isEmpty { lines.append("") }
    for event in outcome.events { lines += self.lines(event) }
    if outcome.events.isEmpty, !outcome.isCut { lines += ["", say("不会有任何事情发生。", "Nothing will happen.")] }
    return lines.map(\.withoutControlCharacters).joined(separator: "\n") + "\n"
  }

  private func head(_ id: String, _ source: String, _ now: Instant, _ end: Instant) -> String {
    say(
      "\(id)（\(source)）：自 \(text(now)) 起无人处理，至 \(text(end))",
      "\(id) (\(source)) from \(text(now)) until \(text(end)), if nobody acts")
  }

  private func state(of reading: WindowReading) -> String {
    let label = label(ofWindow: reading.window)
    var line = "\(label)\(say("：", ": "))\(reading.stateText(language))"
    if let due = reading.dueAt { line += say("，到期时间 ", ", due at ") + text(due) }
    return line
  }

  private func lines(_ event: Simulation.Event) -> [String] {
    var line = "\(text(event.at))  \(what(event))"
    guard let planned = event.delivery else { return [line + say("；", "; ") + silence(event)] }
    if planned.due < event.at { line += say("（应于 ", " (fell due at ") + text(planned.due) + say("）", ")") }
    let message = "    \(recipients(planned))\(say("：", ": "))\(planned.delivery.title)"
    return [line, message]
  }

  /// Why nothing is sent of an event at its instant.
  private func silence(_ event: Simulation.Event) -> String {
    guard let instant = event.toldAt else { return say("不通知任何人", "nobody is told") }
    return say("\(text(instant)) 起通知", "told from \(text(instant))")
  }

  /// The kind of the event, the window and its level, and the rule that speaks.
  private func what(_ event: Simulation.Event) -> String {
    var parts = [word(for: event.notice.event) + (event.isRepetition ? say("（再次）", ", again") : "")]
    if event.rule.window != nil {
      parts.append(
        "\(label(ofWindow: event.notice.rule))\(say("（", " ("))\(event.rule.level)\(say("）", ")"))")
    }
    let rule = event.delivery?.delivery.rule ?? event.rule.id
    if rule != event.rule.window { parts.append(rule) }
    return parts.joined(separator: "  ")
  }

  private func word(for event: Notice.Event) -> String {
    switch event {
    case .warning: say("预警", "warning")
    case .breached: say("超时", "breach")
    case .escalation: say("升级", "escalation")
    case .statusChanged: say("状态变更", "status")
    case .finding: say("检查结果", "finding")
    case .review: say("复盘", "review")
    }
  }

  private func recipients(_ planned: PlannedDelivery) -> String {
    let names = planned.delivery.to.joined(separator: say("、", ", "))
    let to = names.isEmpty ? say("渠道的默认接收人", "whom the channel chooses") : names
    let notifiers = planned.notifiers?.joined(separator: say("、", ", "))
    let via = notifiers.map { say("通过 \($0) ", "via \($0)") } ?? say("通过所有渠道", "via all channels")
    var text = say("\(via)通知 \(to)", "to \(to) \(via)")
    if let group = planned.group { text += self.text(group) }
    return text
  }

  private func text(_ group: PlannedDelivery.Group) -> String {
    let wait = DurationText(milliseconds: group.wait, isWorking: false).text(language)
    return say("，最多等待\(wait)与同组合并", ", up to \(wait) later with others of its group")
  }

  private func label(ofWindow index: Int) -> String {
    rulebook.windows[index].label.text(in: tag) ?? rulebook.windows[index].id
  }

  private func text(_ instant: Instant) -> String { instant.text(in: rulebook.timeZone) }

  private func say(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }
}
