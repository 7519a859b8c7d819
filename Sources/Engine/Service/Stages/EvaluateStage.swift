import ByteOutput
import PluginAPI
import Reports
import RuleEvaluator
import TicketModel
import WorkingTime

/// The stage that decides: records become decisions, and decisions the deliveries that they call for.
///
/// What is as it is known is passed over, and what is history is not put into words. The stage holds one rulebook; when
/// another takes effect, another stage takes its place, between two pages.
final class EvaluateStage: Sendable {
  let rulebook: Rulebook
  /// The number of the rules, from the state.
  let generation: Int
  private let run: ServiceRun
  private let planner: DeliveryPlanner
  private let json: DecisionJSON
  /// Whether the store takes decisions back.
  private let writesDecisions: Bool

  init(_ rulebook: Rulebook, generation: Int, run: ServiceRun, writesDecisions: Bool) {
    self.rulebook = rulebook
    self.generation = generation
    self.run = run
    self.writesDecisions = writesDecisions
    planner = DeliveryPlanner(rulebook, language: run.settings.language)
    json = DecisionJSON(rulebook, language: run.settings.language)
  }

  /// Decides what changed or is due: two halves of a long page at once, because that takes twice as long as to write what
  /// comes of it. Where turns are taken one ticket is decided after the other.
  ///
  /// - Parameters:
  ///   - suppress: says which notices are put into words.
  ///   - rotation: gives tickets to people whose turn it is.
  func decide(
    _ page: RecalledPage, _ suppress: SuppressStage, _ rotation: inout Rotation
  ) async -> DecidedPage {
    let turns = rotation.last
    let isWhole = page.tickets.count < Self.shortPage || rulebook.routing?.takesTurns ?? false
    let middle = isWhole ? page.tickets.count : page.tickets.count / 2
    async let rest = isWhole ? nil : decideApart(page.tickets[middle...], of: page, suppress)
    var result = decide(page.tickets[..<middle], of: page, suppress, &rotation)
    if let rest = await rest {
      result.add(rest.decided)
      rotation.add(rest.moves)
    }
    result.changes.turns = rotation.last.filter { turns[$0.key] != $0.value }
    forgetVanished(page, &rotation, in: &result)
    return result
  }

  /// Below so many tickets a second task costs more than it saves.
  private static let shortPage = 100

  private func decideApart(
    _ tickets: ArraySlice<RecalledTicket>, of page: RecalledPage, _ suppress: SuppressStage
  ) async -> (decided: DecidedPage, moves: Rotation) {
    var moves = Rotation()
    return (decide(tickets, of: page, suppress, &moves), moves)
  }

  private func decide(
    _ tickets: ArraySlice<RecalledTicket>, of page: RecalledPage, _ suppress: SuppressStage,
    _ rotation: inout Rotation
  ) -> DecidedPage {
    var result = DecidedPage(page.fetched, by: page.stages)
    result.changes.tickets.reserveCapacity(tickets.count)
    var desk = Desk(rulebook)
    for recalled in tickets {
      if recalled.isUpToDate(generation: generation, at: page.fetched.now) {
        result.unchanged += 1
        continue
      }
      let source = page.fetched.pages[recalled.page]
      do {
        let earlier = earlierTargets(of: recalled, suppress)
        try desk.take(source, source.records[recalled.record], at: page.fetched.now, earlier)
      } catch {
        let line = source.records[recalled.record].line
        run.reportUnreadable(source.source, line: line, error.message, digest: recalled.digest)
        continue
      }
      settle(recalled, of: source, &desk, suppress, &rotation, into: &result)
    }
    return result
  }

  private func earlierTargets(of recalled: RecalledTicket, _ suppress: SuppressStage) -> EarlierTargets? {
    recalled.before?.memory.earlierTargets(generation, since: suppress.history.boundaries[generation])
  }

  /// What comes of the ticket on the desk.
  private func settle(
    _ recalled: RecalledTicket, of page: TicketPage, _ desk: inout Desk, _ suppress: SuppressStage,
    _ rotation: inout Rotation, into result: inout DecidedPage
  ) {
    let now = result.changes.now
    let turn = turn(of: desk, before: recalled.before?.memory.assignment, &rotation, at: now)
    var memory = TicketMemory(
      id: recalled.id, generation: generation, digest: recalled.digest, evaluatedAt: now,
      nextDue: desk.decision.nextNotice, known: recalled.before?.memory.known ?? [],
      findings: recalled.before?.memory.findings ?? ReportedFindings(), assignment: turn.assignment,
      targets: desk.targets(rulebook))
    let notices = planner.notices(for: desk.decision, of: desk.ticket, id: recalled.id, at: now)
      .withCycles(of: &memory.findings)
    let judged = suppress.judge(notices, of: recalled, &memory)
    if !desk.decision.waivedNotices.isEmpty {
      suppress.keepHistory(
        among: planner.waivedNotices(for: desk.decision, id: recalled.id, at: now), of: recalled, &memory)
    }
    result.changes.withdrawn += judged.withdrawn
    noteEnds(recalled, notices, judged, desk, into: &result)
    write(judged.news, turn.outcome, of: recalled.id, desk, into: &result)
    if turn.outcome == .nobodyEligible, let back = turn.retry { memory.wake(by: back) }
    memory.nextDue = memory.nextDue.map { max($0, now.advanced(byMilliseconds: 1)) }
    result.changes.tickets.append(memory)
    if recalled.before != nil { result.changes.known.append(recalled.id) }
    let contributions = desk.contributions(rulebook, boundary: suppress.history.boundary(of: recalled))
    if !contributions.isEmpty { result.changes.contributions[recalled.id] = contributions }
    if writesDecisions { result.decisions.append(record(recalled, of: page, &desk, turn.outcome)) }
  }

  /// Which of what was told, waits or is news has ended by now: a breach is told, also of a window that has ended.
  private func noteEnds(
    _ recalled: RecalledTicket, _ notices: [PlannedNotice], _ judged: SuppressStage.Judgement,
    _ desk: borrowing Desk, into result: inout DecidedPage
  ) {
    let pending = recalled.before?.pending ?? []
    let told = recalled.before?.told ?? []
    if told.isEmpty, pending.isEmpty, judged.news.isEmpty { return }
    let standing = planner.standing(desk.decision, ticket: recalled.id, among: notices)
    var names = told.union(pending)
    for item in judged.news {
      for name in item.names where !standing.contains(name.key) { names.insert(name) }
    }
    for name in names.sorted(by: { ($0.key, $0.notifier) < ($1.key, $1.notifier) }) {
      if !standing.contains(name.key) {
        result.changes.ended.append(name)
      } else if pending.contains(name) {
        result.changes.standing.append(name)
      }
    }
  }

  private func write(
    _ news: [SuppressStage.News], _ rotation: RotationOutcome?, of id: String, _ desk: borrowing Desk,
    into result: inout DecidedPage
  ) {
    if news.isEmpty { return }
    let subject = planner.subject(id, at: result.changes.now, of: desk.decision, rotation: rotation)
    for item in news {
      let planned = planner.delivery(of: item.notice, desk.decision, of: desk.ticket, subject)
      for notifier in item.notifiers {
        result.candidates.append(Candidate(planned, by: notifier))
      }
    }
  }

  private func record(
    _ recalled: RecalledTicket, of page: TicketPage, _ desk: inout Desk, _ rotation: RotationOutcome?
  ) -> DecisionRecord {
    let line = page.records[recalled.record].line
    desk.line.removeAll()
    json.write(
      desk.decision, of: desk.ticket, rotation: rotation, source: { page.place(ofLine: line) },
      into: &desk.line)
    // The newline, which ends a line of output.
    desk.line.removeLast()
    let version = recalled.record < page.versions.count ? page.versions[recalled.record] : ""
    return DecisionRecord(ticket: recalled.id, version: version, json: desk.line.bytes)
  }
}

// MARK: - Turns

extension EvaluateStage {
  /// What came of the turns of a ticket's team.
  private struct Turn {
    var assignment: Assignment?
    var outcome: RotationOutcome?
    /// When there may be somebody again.
    var retry: Instant?
  }

  private func turn(
    of desk: borrowing Desk, before: Assignment?, _ rotation: inout Rotation, at now: Instant
  ) -> Turn {
    guard let row = rulebook.routingRow(of: desk.decision), let team = rulebook.routing?.rotatingTeam(of: row)
    else {
      rotation.move(from: before, to: nil)
      return Turn()
    }
    let isOpen = rulebook.isAtWork(desk.ticket, at: now)
    if let own = rulebook.ownAssignee(of: desk.ticket, at: now) {
      let assignment = Assignment(team: team.name, member: own, isOpen: isOpen)
      rotation.move(from: before, to: assignment)
      return Turn(assignment: assignment, outcome: .member(own))
    }
    let given = rotation.assign(team, before: before, isOpen: isOpen, at: now)
    rotation.move(from: before, to: given?.assignment)
    if let given { return Turn(assignment: given.assignment, outcome: given.outcome) }
    return isOpen ? Turn(outcome: .nobodyEligible, retry: team.nextReturn(after: now)) : Turn()
  }

  /// What the store has no more loses its timers, and belongs to nobody; what it neither has nor lacks is asked for again
  /// later.
  private func forgetVanished(
    _ page: RecalledPage, _ rotation: inout Rotation, in result: inout DecidedPage
  ) {
    if page.fetched.asked.isEmpty { return }
    result.changes.vanished = page.fetched.missing
    for memory in page.vanished { rotation.move(from: memory.assignment, to: nil) }
    let answered = Set(page.tickets.map(\.id)).union(page.fetched.missing)
    let unanswered = page.fetched.asked.filter { !answered.contains($0) }
    if unanswered.isEmpty { return }
    run.report(
      .problem(
        ServiceProblem(
          .store, ServiceWording.unanswered(unanswered.count), retryAfter: Self.unansweredWait)))
    let later = page.fetched.now.advanced(byMilliseconds: Self.unansweredWait)
    for id in unanswered { result.changes.timers[id] = later }
  }

  private static let unansweredWait: Int64 = 60_000
}

extension TicketMemory {
  /// Lets the ticket be decided again by `instant`.
  mutating func wake(by instant: Instant) { nextDue = min(nextDue ?? instant, instant) }
}
