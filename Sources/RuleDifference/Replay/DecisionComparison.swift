public import RuleEvaluator
public import TicketModel

/// Compares what two rulebooks say about the same ticket at the same instant. Immutable; shared by all workers.
public struct DecisionComparison: Sendable {
  public let old: Rulebook
  public let new: Rulebook
  fileprivate let texts: SharedTexts
  fileprivate let values: [Pair]
  /// By index among a rulebook's windows: the number of its id.
  fileprivate let oldWindows: [Int]
  fileprivate let newWindows: [Int]
  fileprivate let windowIDs: [String]

  /// One name, and what decides it in each rulebook that does.
  fileprivate struct Pair: Sendable {
    var name: String
    var old: DecidedValue?
    var new: DecidedValue?
  }

  public init(old: Rulebook, new: Rulebook) {
    (self.old, self.new) = (old, new)
    var texts = SharedTexts()
    let (before, after) = (old.decidedValues(&texts), new.decidedValues(&texts))
    values =
      before.map { name, value in
        Pair(name: name, old: value, new: after.first { $0.name == name }?.value)
      }
      + after.filter { name, _ in !before.contains { $0.name == name } }.map {
        Pair(name: $0.name, old: nil, new: $0.value)
      }
    self.texts = texts
    let ids = old.windows.map(\.id)
    let windowIDs = ids + new.windows.map(\.id).filter { !ids.contains($0) }
    let numbers = Dictionary(uniqueKeysWithValues: windowIDs.enumerated().map { ($1, $0) })
    self.windowIDs = windowIDs
    oldWindows = old.windows.map { numbers[$0.id] ?? 0 }
    newWindows = new.windows.map { numbers[$0.id] ?? 0 }
  }

  /// What is decided, in the order of reports.
  public var decidedNames: [String] { values.map(\.name) }
}

/// One worker's comparison, ticket by ticket: it keeps the names of findings that it has seen.
public struct TicketComparer {
  private let comparison: DecisionComparison
  private var texts: SharedTexts
  private var oldNames: FindingNames
  private var newNames: FindingNames
  private var tally = Tally()

  public init(_ comparison: DecisionComparison) {
    self.comparison = comparison
    texts = comparison.texts
    oldNames = FindingNames(comparison.old)
    newNames = FindingNames(comparison.new)
  }

  /// What changes for a ticket; nil where nothing does.
  ///
  /// - Parameters:
  ///   - before: what the old rulebook decides, and the ticket as it reads it; `after` of the new one.
  public mutating func change(
    before: borrowing Decision, _ oldTicket: borrowing Ticket, after: borrowing Decision,
    _ newTicket: borrowing Ticket, source: @autoclosure () -> String
  ) -> TicketChange? {
    var change = TicketChange(ticket: "", source: "")
    compareValues(before, after, into: &change)
    compareWindows(before, after, into: &change)
    compareFindings(before, oldTicket, after, newTicket, into: &change)
    compareNotices(before, after, into: &change)
    if change.isEmpty { return nil }
    change.source = source()
    change.ticket =
      comparison.new.ownID(of: newTicket) ?? comparison.old.ownID(of: oldTicket) ?? change.source
    return change
  }

  private mutating func compareValues(
    _ before: borrowing Decision, _ after: borrowing Decision, into change: inout TicketChange
  ) {
    for index in comparison.values.indices {
      let old = comparison.values[index].old?.number(in: before, &texts) ?? SharedTexts.none
      let new = comparison.values[index].new?.number(in: after, &texts) ?? SharedTexts.none
      if old == new { continue }
      let pair = comparison.values[index]
      change.decisions.append(
        DecisionChange(
          name: pair.name, before: texts[old], after: texts[new], rowBefore: pair.old?.row(in: before),
          rowAfter: pair.new?.row(in: after)))
    }
  }

  private func compareWindows(
    _ before: borrowing Decision, _ after: borrowing Decision, into change: inout TicketChange
  ) {
    var matched = 0
    for index in before.windows.indices {
      let old = before.windows[index]
      let number = comparison.oldWindows[old.window]
      let other = after.windows.firstIndex { comparison.newWindows[$0.window] == number }
      if other != nil { matched += 1 }
      let new = other.map { after.windows[$0] }
      if let new, new.compared == old.compared { continue }
      change.windows.append(windowChange(number, old, new))
    }
    if matched == after.windows.count { return }
    for index in after.windows.indices {
      let new = after.windows[index]
      let number = comparison.newWindows[new.window]
      if before.windows.contains(where: { comparison.oldWindows[$0.window] == number }) { continue }
      change.windows.append(windowChange(number, nil, new))
    }
  }

  private func windowChange(_ number: Int, _ old: WindowReading?, _ new: WindowReading?) -> WindowChange {
    WindowChange(
      id: comparison.windowIDs[number], before: old?.compared, after: new?.compared,
      placeBefore: old.map { comparison.old.windows[$0.window].place },
      placeAfter: new.map { comparison.new.windows[$0.window].place })
  }

  private mutating func compareFindings(
    _ before: borrowing Decision, _ oldTicket: borrowing Ticket, _ after: borrowing Decision,
    _ newTicket: borrowing Ticket, into change: inout TicketChange
  ) {
    if before.findings.isEmpty, after.findings.isEmpty { return }
    tally.reset()
    for index in before.findings.indices where !before.findings[index].isWaived {
      tally.add(oldNames.name(of: before.findings[index], oldTicket), -1)
    }
    for index in after.findings.indices where !after.findings[index].isWaived {
      tally.add(newNames.name(of: after.findings[index], newTicket), 1)
    }
    change.findings = tally.gains
  }

  private func compareNotices(
    _ before: borrowing Decision, _ after: borrowing Decision, into change: inout TicketChange
  ) {
    if before.notices.isEmpty, after.notices.isEmpty { return }
    var counts: [NoticeName: Int] = [:]
    for index in before.notices.indices {
      counts[comparison.old.name(of: before.notices[index]), default: 0] -= 1
    }
    for index in after.notices.indices {
      counts[comparison.new.name(of: after.notices[index]), default: 0] += 1
    }
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) where count != 0 {
      let names = Array(repeating: name, count: abs(count))
      if count > 0 { change.notices.more += names } else { change.notices.fewer += names }
    }
  }
}

extension WindowReading {
  fileprivate var compared: WindowChange.State {
    WindowChange.State(state: state, dueAt: dueAt, stoppedAt: stoppedAt)
  }
}

extension Rulebook {
  fileprivate func ownID(of ticket: borrowing Ticket) -> String? {
    guard let idSlot, ticket.slots[idSlot].kind == .text else { return nil }
    return ticket.text(ticket.slots[idSlot])
  }

  fileprivate func name(of notice: Notice) -> NoticeName {
    let reference = rule(of: notice)
    return NoticeName(
      event: notice.event, rule: reference.id, level: reference.level, cycle: notice.cycle)
  }
}

/// The names of a rulebook's findings, made once each.
private struct FindingNames {
  private struct Key: Hashable {
    var kind: Finding.Kind
    var rule: Int
    var field: Int
  }

  private let rulebook: Rulebook
  private var names: [Key: FindingName] = [:]

  init(_ rulebook: Rulebook) { self.rulebook = rulebook }

  mutating func name(of finding: Finding, _ ticket: borrowing Ticket) -> FindingName {
    // What is wrong with a history may be worth an error or a warning, for the same rule.
    let key = Key(kind: finding.kind, rule: finding.rule, field: finding.field)
    if let name = names[key] { return name }
    let reference = rulebook.reference(of: finding, ticket.problems)
    let name = FindingName(
      rule: reference.rule, field: reference.field, severity: reference.severity, place: reference.place)
    names[key] = name
    return name
  }
}

/// Few names and how often they are there, more often or less.
private struct Tally {
  private var counts: [(name: FindingName, count: Int)] = []

  mutating func reset() { counts.removeAll(keepingCapacity: true) }

  mutating func add(_ name: FindingName, _ count: Int) {
    if let index = counts.firstIndex(where: { $0.name == name }) {
      counts[index].count += count
    } else {
      counts.append((name, count))
    }
  }

  var gains: Gains<FindingName> {
    var gains = Gains<FindingName>()
    for (name, count) in counts where count != 0 {
      let names = Array(repeating: name, count: abs(count))
      if count > 0 { gains.more += names } else { gains.fewer += names }
    }
    return gains
  }
}
