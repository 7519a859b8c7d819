public import ByteOutput
import Diagnostics
import Expressions
public import TicketModel
public import WorkingTime

/// Puts findings into words, in the language that it was made for.
///
/// All wording of findings stands here. No message holds the value of a masked field.
public struct FindingText: Sendable {
  let rulebook: Rulebook
  /// The tag that rules' own messages and labels are looked up by.
  let tag: String
  let language: Language
  let labels: [String]
  let windowLabels: [String]

  public init(_ rulebook: Rulebook, language tag: String) {
    self.rulebook = rulebook
    self.tag = tag
    language = Language(tag: tag)
    labels = rulebook.schema.fields.map { $0.label.text(in: tag) ?? $0.name }
    windowLabels = rulebook.windows.map { $0.label.text(in: tag) ?? $0.id }
  }

  /// What people call the field; its name where the rules give it no label.
  public func label(ofSlot slot: Int) -> String { labels[slot] }

  /// Appends the message of `finding` as UTF-8.
  public func write(
    _ finding: Finding, of ticket: borrowing Ticket, _ decision: borrowing Decision,
    into bytes: inout ByteWriter
  ) {
    switch finding.kind {
    case .missingField: writeMissing(finding, of: ticket, into: &bytes)
    case .failedCheck: writeFailure(finding, of: ticket, into: &bytes)
    case .failedExpression: bytes.append(text: failure(decision.failures[Int(finding.detail)]))
    case .mismatch: bytes.append(text: mismatch(finding, of: ticket))
    case .tooLarge: bytes.append(text: tooLarge(finding))
    case .badValue, .badHistory: bytes.append(text: problem(finding, of: ticket))
    case .otherPriority: bytes.append(text: otherPriority(finding, decision))
    case .conflictingRows: bytes.append(text: conflict(finding))
    case .overflow: bytes.append(text: overflow(finding))
    case .undecided: bytes.append(text: undecided(finding))
    case .breached: writeBreach(finding, decision, into: &bytes)
    case .warned: writeWarning(finding, decision, into: &bytes)
    case .reversedWindow, .windowNeedsHistory, .windowWithoutTarget, .windowOutOfRange:
      bytes.append(text: flaw(finding))
    case .forbiddenStep: bytes.append(text: forbiddenStep(finding, of: ticket))
    case .wrongInitialState: bytes.append(text: wrongInitialState(finding, of: ticket))
    case .missingInState: bytes.append(text: missingInState(finding, of: ticket))
    case .failedGuard: writeFailedGuard(finding, of: ticket, into: &bytes)
    }
  }

  /// The message of a finding of a requirement or a check; nil where it holds values of the ticket.
  public func constantMessage(of finding: Finding) -> String? {
    let template: MessageTemplate?
    switch finding.kind {
    case .missingField: template = rulebook.requirements[finding.rule].message
    case .failedCheck: template = rulebook.checks[finding.rule].message
    default: return nil
    }
    let segments = template?.segments(in: tag) ?? []
    if segments.contains(where: { if case .field = $0 { true } else { false } }) { return nil }
    return message(of: finding, of: Ticket(), Decision())
  }

  /// The message of `finding`.
  public func message(
    of finding: Finding, of ticket: borrowing Ticket, _ decision: borrowing Decision
  ) -> String {
    var bytes = ByteWriter()
    write(finding, of: ticket, decision, into: &bytes)
    return bytes.text
  }
}

// MARK: - Fields

extension FindingText {
  private func writeMissing(_ finding: Finding, of ticket: borrowing Ticket, into bytes: inout ByteWriter) {
    let label = labels[finding.field]
    guard let template = rulebook.requirements[finding.rule].message else {
      bytes.append(text: language == .chinese ? "缺少“\(label)”" : "\(label) is missing")
      return
    }
    write(template, of: ticket, label: label, into: &bytes)
    if template.segments(in: tag).contains(.missingField) { return }
    bytes.append(text: language == .chinese ? "（缺少“\(label)”）" : " (\(label) is missing)")
  }

  private func write(
    _ template: MessageTemplate, of ticket: borrowing Ticket, label: String, into bytes: inout ByteWriter
  ) {
    for segment in template.segments(in: tag) {
      switch segment {
      case .text(let text): bytes.append(text: text)
      case .missingField: bytes.append(text: label)
      case .notice: break
      case .field(let slot): bytes.append(text: value(ofSlot: slot, ticket.slots[slot], in: ticket))
      }
    }
  }

  func writeFailure(_ finding: Finding, of ticket: borrowing Ticket, into bytes: inout ByteWriter) {
    let check = rulebook.checks[finding.rule]
    guard let template = check.message else {
      let text = rulebook.expressions[check.expression].program.text
      bytes.append(text: language == .chinese ? "不满足条件：\(text)" : "this does not hold: \(text)")
      return
    }
    write(template, of: ticket, label: "", into: &bytes)
  }

  private func failure(_ failure: ExpressionFailure) -> String {
    if rulebook.expressions[failure.expression].readsMasked {
      return language == .chinese
        ? "表达式无法求值（涉及已屏蔽的字段，不显示原因）"
        : "an expression has no value; it reads a masked field, so the reason is not shown"
    }
    return language == .chinese
      ? "表达式无法求值：\(failure.error.message)" : "an expression has no value: \(failure.error.message)"
  }

  private func mismatch(_ finding: Finding, of ticket: borrowing Ticket) -> String {
    let isMasked = rulebook.schema.fields[finding.field].isMasked
    let value = isMasked ? "***" : shortened(ticket.text(ticket.slots[finding.field]))
    let pattern = rulebook.patterns.first { $0.slot == finding.field }?.expression.pattern ?? ""
    return language == .chinese
      ? "“\(labels[finding.field])”的值 \(value) 不符合格式 \(pattern)"
      : "\(labels[finding.field]) is \(value), which does not match \(pattern)"
  }

  private func tooLarge(_ finding: Finding) -> String {
    let field = rulebook.schema.fields[finding.field]
    let label = labels[finding.field]
    guard finding.detail >= 0, let maximum = field.size.maximum else {
      return language == .chinese
        ? "“\(label)”中有内容超出声明的大小" : "a part of \(label) is larger than its field declares"
    }
    switch (field.type, language) {
    case (.text, .chinese): return "“\(label)”有 \(finding.detail) 个字符，最多 \(maximum) 个"
    case (.text, .english): return "\(label) has \(finding.detail) characters, at most \(maximum) are allowed"
    case (_, .chinese): return "“\(label)”有 \(finding.detail) 项，最多 \(maximum) 项"
    case (_, .english): return "\(label) has \(finding.detail) items, at most \(maximum) are allowed"
    }
  }

  private func problem(_ finding: Finding, of ticket: borrowing Ticket) -> String {
    let problem = ticket.problems[Int(finding.detail)]
    guard let slot = problem.slot else { return historyProblem(problem) }
    let field = rulebook.schema.fields[slot]
    let value = field.isMasked ? "***" : shortened(ticket.text(problem.written))
    let label = labels[slot]
    switch (problem.kind, language) {
    case (.duplicateKey, .chinese): return "“\(label)”出现了两次，以第一次为准"
    case (.duplicateKey, .english): return "\(label) stands twice; the first one counts"
    case (.unknownChoice, .chinese):
      return "“\(label)”的值 \(value) 不在可选值之中" + hint(value, field, before: "，是否应为“", after: "”？")
    case (.unknownChoice, .english):
      return "\(label) is \(value), which is none of its values"
        + hint(value, field, before: "; did you mean '", after: "'?")
    case (.outOfRange, .chinese): return "“\(label)”的值 \(value) 超出允许范围\(bounds(of: field))"
    case (.outOfRange, .english): return "\(label) is \(value), which is out of range\(bounds(of: field))"
    case (_, .chinese): return "“\(label)”的值 \(value) 不是\(typeName(field.type))"
    case (_, .english): return "\(label) is \(value), which is not \(typeName(field.type))"
    }
  }

  private func historyProblem(_ problem: Ticket.Problem) -> String {
    switch (problem.kind, language) {
    case (.outOfOrder, .chinese): "历史记录的时间顺序有误，已按时间先后重新排列"
    case (.outOfOrder, .english): "the history steps back in time; it was read in order of time"
    case (_, .chinese): "历史记录有一项不是 {at, by, set} 的形式，已忽略"
    case (_, .english): "an entry of the history is not of the form {at, by, set}; it was left out"
    }
  }

  private func hint(_ value: String, _ field: Field, before: String, after: String) -> String {
    guard !field.isMasked, case .choice(let domain) = field.type else { return "" }
    let spellings = domain.choices.flatMap(\.spellings)
    let bare = value.hasPrefix("\"") ? String(value.dropFirst().dropLast()) : value
    return nearestName(to: bare, among: spellings).map { before + $0 + after } ?? ""
  }

  private func bounds(of field: Field) -> String {
    func text(_ bound: Double) -> String {
      Int64(exactly: bound).map(String.init) ?? String(bound)
    }
    switch (field.minimum, field.maximum) {
    case (let low?, let high?): return " (\(text(low))...\(text(high)))"
    case (let low?, nil): return " (\(text(low))...)"
    case (nil, let high?): return " (...\(text(high)))"
    case (nil, nil): return ""
    }
  }

  private func typeName(_ type: FieldType) -> String {
    switch (type, language) {
    case (.text, .english): "a text"
    case (.integer, .english): "an integer"
    case (.number, .english): "a number"
    case (.boolean, .english): "true or false"
    case (.instant, .english): "an instant such as 2026-03-02T09:00:00+08:00"
    case (.date, .english): "a date such as 2026-03-02"
    case (.duration, .english): "a duration such as 4 hours"
    case (.choice, .english): "one of its values"
    case (.list, .english): "a list"
    case (.object, .english): "an object"
    case (.text, .chinese): "文本"
    case (.integer, .chinese): "整数"
    case (.number, .chinese): "数字"
    case (.boolean, .chinese): " true 或 false"
    case (.instant, .chinese): "时间，例如 2026-03-02T09:00:00+08:00"
    case (.date, .chinese): "日期，例如 2026-03-02"
    case (.duration, .chinese): "时长，例如 4 hours"
    case (.choice, .chinese): "可选值"
    case (.list, .chinese): "列表"
    case (.object, .chinese): "对象"
    }
  }

  /// At most 60 characters of a value, so that one bad record does not flood the report.
  func shortened(_ text: String) -> String {
    text.count > 60 ? text.prefix(57) + "…" : text
  }

  /// A value as people write it: a choice by its label, an instant in the rulebook's zone.
  public func value(ofSlot slot: Int, _ value: Slot, in ticket: borrowing Ticket) -> String {
    if rulebook.schema.fields[slot].isMasked { return "***" }
    switch value.kind {
    case .choice: return label(ofChoice: Int(value.integer), slot: slot)
    case .integer, .duration: return String(value.integer)
    case .number: return String(value.double)
    case .boolean: return value.integer == 1 ? "true" : "false"
    case .instant: return Instant(milliseconds: value.integer).text(in: rulebook.timeZone)
    case .date: return CivilDate(days: Int32(clamping: value.integer)).text
    case .text, .raw: return ticket.text(value)
    case .absent, .invalid: return "—"
    }
  }

  func label(ofChoice index: Int, slot: Int) -> String {
    guard case .choice(let domain) = rulebook.schema.fields[slot].type else { return "" }
    let choice = domain.choices[index]
    return choice.label.text(in: tag) ?? choice.key
  }
}

// MARK: - Decisions

extension FindingText {
  private func otherPriority(_ finding: Finding, _ decision: borrowing Decision) -> String {
    guard let priority = rulebook.priority else { return "" }
    let outcome = decision.outcomes[priority.table]
    let own = label(ofChoice: Int(finding.detail), slot: finding.field)
    let decided =
      priority.level(outcome, in: rulebook).map { levelLabel(priority.levels[$0], finding.field) } ?? ""
    let row = rulebook.tables[priority.table].rowName(of: outcome)
    return language == .chinese
      ? "记录的优先级为“\(own)”，按规则 \(row) 应为“\(decided)”"
      : "the recorded priority is \(own), but rule \(row) decides \(decided)"
  }

  private func levelLabel(_ level: String, _ slot: Int) -> String {
    guard case .choice(let domain) = rulebook.schema.fields[slot].type, let index = domain.index(of: level)
    else { return level }
    return label(ofChoice: index, slot: slot)
  }

  private func conflict(_ finding: Finding) -> String {
    let table = rulebook.tables[finding.rule]
    let first = table.rows[Int(finding.detail >> 32)]
    let second = table.rows[Int(finding.detail & 0xFFFF_FFFF)]
    let rows = "\(first.id) (\(first.place.lineReference))",
      others = "\(second.id) (\(second.place.lineReference))"
    switch (table.hit, language) {
    case (.unique, .chinese): return "\(table.name) 的 \(rows) 与 \(others) 同时命中，但命中策略为 unique"
    case (.unique, .english):
      return "rows \(rows) and \(others) of \(table.name) both match, but the hit policy is unique"
    case (_, .chinese): return "\(table.name) 的 \(rows) 与 \(others) 同时命中而结果不同，但命中策略为 any"
    case (_, .english):
      return
        "rows \(rows) and \(others) of \(table.name) both match with different outputs, but the hit policy is any"
    }
  }

  private func overflow(_ finding: Finding) -> String {
    let name = rulebook.tables[finding.rule].name
    return language == .chinese ? "\(name) 的合计超出 64 位整数" : "the sum of \(name) does not fit 64 bits"
  }

  private func undecided(_ finding: Finding) -> String {
    let name = rulebook.tables[finding.rule].name
    return language == .chinese
      ? "\(name) 没有任何一行命中，因为有输入值缺失或无效"
      : "no row of \(name) matches, for one of its inputs is missing or not valid"
  }
}

// MARK: - Windows

extension FindingText {
  private func writeBreach(_ finding: Finding, _ decision: borrowing Decision, into bytes: inout ByteWriter) {
    guard let reading = decision.reading(ofWindow: finding.rule), let due = reading.dueAt else { return }
    let excess = DurationText(milliseconds: -(reading.remaining ?? 0), isWorking: reading.countsWorkingTime)
    bytes.append(text: language == .chinese ? "“" : "")
    bytes.append(text: windowLabels[finding.rule])
    bytes.append(text: language == .chinese ? "”应于 " : " was due at ")
    bytes.append(due, in: rulebook.timeZone)
    switch (reading.stoppedAt, language) {
    case (_?, .chinese): bytes.append(text: " 前完成，实际超时")
    case (nil, .chinese): bytes.append(text: " 前完成，已超时")
    case (_?, .english): bytes.append(text: " and was met late by ")
    case (nil, .english): bytes.append(text: " and is late by ")
    }
    excess.write(into: &bytes, language)
  }

  private func writeWarning(_ finding: Finding, _ decision: borrowing Decision, into bytes: inout ByteWriter)
  {
    guard let reading = decision.reading(ofWindow: finding.rule), let due = reading.dueAt else { return }
    bytes.append(text: language == .chinese ? "“" : "")
    bytes.append(text: windowLabels[finding.rule])
    bytes.append(text: language == .chinese ? "”将于 " : " is due at ")
    bytes.append(due, in: rulebook.timeZone)
    bytes.append(text: language == .chinese ? " 到期，剩余" : ", in ")
    DurationText(milliseconds: reading.remaining ?? 0, isWorking: reading.countsWorkingTime).write(
      into: &bytes, language)
  }

  private func flaw(_ finding: Finding) -> String {
    let name = windowLabels[finding.rule]
    switch (finding.kind, language) {
    case (.reversedWindow, .chinese): return "“\(name)”的结束早于开始，按零时长计算"
    case (.reversedWindow, .english): return "\(name) stops before it starts; it counts as no time at all"
    case (.windowNeedsHistory, .chinese): return "“\(name)”无法计算：工单没有 history，不知道状态何时改变"
    case (.windowNeedsHistory, .english):
      return "\(name) cannot be computed: the ticket has no history that says when its status changed"
    case (.windowOutOfRange, .chinese): return "“\(name)”无法计算：到期时间超出日历范围"
    case (.windowOutOfRange, .english):
      return "\(name) cannot be computed: it is due beyond the calendar's end"
    case (_, .chinese): return "“\(name)”无法计算：没有得出目标时长"
    case (_, .english): return "\(name) cannot be computed: its target was not decided"
    }
  }
}

extension ByteWriter {
  /// Appends RFC 3339 in that zone.
  @inline(__always)
  public mutating func append(_ instant: Instant, in zone: TimeZoneRules) {
    advance(by: instant.write(into: room(Instant.largestTextCount), zone: zone))
  }
}

extension Decision {
  /// The reading of a window by its index in the rulebook.
  public func reading(ofWindow index: Int) -> WindowReading? { windows.first { $0.window == index } }
}
