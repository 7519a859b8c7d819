import Diagnostics
import RuleEvaluator
import TicketModel

/// Escalations and notifications that reach nobody: roles that no team fills, teams that are not there, events that never come.
struct RecipientAnalysis {
  private let context: AnalysisContext
  private let roles: Roles

  init(_ context: AnalysisContext) {
    self.context = context
    roles = Roles(context.rulebook)
  }

  func findings() -> [AnalysisFinding] {
    var findings = [AnalysisFinding]()
    for escalation in context.rulebook.windows.flatMap(\.escalations) {
      findings += judge(escalation.id, escalation.recipients, at: escalation.place)
    }
    for notification in context.rulebook.notifications {
      if let silence = silence(of: notification) {
        findings.append(AnalysisFinding(silence))
      } else {
        findings += judge(notification.id, notification.recipients, at: notification.place)
      }
    }
    return findings
  }

  // MARK: Who is told

  private func judge(_ id: String, _ recipients: [Recipient], at place: Place) -> [AnalysisFinding] {
    var missing = [(recipient: Recipient, lack: Roles.Lack)]()
    for recipient in recipients {
      if let lack = roles.whatLacks(recipient) { missing.append((recipient, lack)) }
    }
    let isNobody = missing.count == recipients.count && missing.allSatisfy(\.lack.isForAll)
    if isNobody, !recipients.isEmpty {
      return [AnalysisFinding(.nobodyTold(id, missing.map(\.lack.reason), at: place))]
    }
    return missing.map { finding(id, $0.recipient, $0.lack, at: place) }
      + recipients.compactMap { misspeltTeam(id, $0, at: place) }
  }

  private func finding(
    _ id: String, _ recipient: Recipient, _ lack: Roles.Lack, at place: Place
  ) -> AnalysisFinding {
    let shown = lack.team.map(witness)
    let diagnostic = Diagnostic.missingRole(
      id, recipient.word, lack.reason, at: place, related: lack.places)
    return AnalysisFinding(diagnostic.showing(shown), witness: shown)
  }

  /// A ticket that goes to this team.
  private func witness(for team: Int) -> Witness {
    let rulebook = context.rulebook
    guard let routing = rulebook.routing,
      let slot = rulebook.tables[routing.table].outputs[routing.teamOutput].slot
    else { return .none("nothing is routed") }
    return context.witnesses.ticket([slot: ValueSet(.members([team]))])
  }

  /// A name that is nearly that of a team; names of persons and channels are not known here.
  private func misspeltTeam(_ id: String, _ recipient: Recipient, at place: Place) -> AnalysisFinding? {
    guard case .name(let name) = recipient else { return nil }
    let known = roles.names
    // What is nearly a role or a field has been said when the rules were loaded.
    if known.contains(name)
      || nearestName(to: name, among: Recipient.words + context.rulebook.schema.names) != nil
    {
      return nil
    }
    guard let team = nearestName(to: name, among: roles.teams) else { return nil }
    return AnalysisFinding(.unknownTeam(id, name, meant: team, at: place))
  }

  // MARK: What is told

  /// Why a notification is never sent.
  private func silence(of notification: RuleEvaluator.Notification) -> Diagnostic? {
    let idle = notification.events.filter { !occurs($0) }
    guard idle.count == notification.events.count else { return nil }
    return .neverSent(notification.id, idle.map(\.rawValue).sorted(), at: notification.place)
  }

  private func occurs(_ event: Notice.Event) -> Bool {
    let rulebook = context.rulebook
    switch event {
    case .warning: return rulebook.windows.contains { !$0.warnings.isEmpty }
    case .breached: return !rulebook.windows.isEmpty
    case .escalation: return rulebook.windows.contains { !$0.escalations.isEmpty }
    case .statusChanged: return rulebook.workflow != nil || rulebook.schema.slot(of: "status") != nil
    case .finding: return true
    case .review: return !rulebook.reviews.isEmpty
    }
  }
}

/// Whom the roles of the language stand for.
private struct Roles {
  /// That a role is nobody, for all tickets or for those of some teams.
  struct Lack {
    var reason: String
    var isForAll = true
    /// A team that it is about, by its number.
    var team: Int?
    var places: [Place] = []
  }

  let teams: [String]
  private let routing: RoutingDecision?
  private let routed: [Int]
  private let namesAssignee: Bool

  init(_ rulebook: Rulebook) {
    routing = rulebook.routing
    teams = rulebook.routing?.teams.map(\.name) ?? []
    var routed = Set<Int>()
    var namesAssignee = false
    if let routing = rulebook.routing {
      let table = rulebook.tables[routing.table]
      for row in table.rows + [table.otherwise].compactMap(\.self) {
        if case .choice(let team, _) = row.outputs[routing.teamOutput] { routed.insert(team) }
        namesAssignee = namesAssignee || routing.assigneeOutput.map { row.outputs[$0] != .absent } ?? false
      }
    }
    self.routed = routed.sorted()
    self.namesAssignee = namesAssignee
  }

  /// The names of teams and of the people in them.
  var names: Set<String> {
    Set(teams + (routing?.teams.flatMap { $0.members + [$0.lead].compactMap(\.self) } ?? []))
  }

  /// What keeps a recipient from being somebody; nil where nothing does.
  func whatLacks(_ recipient: Recipient) -> Lack? {
    switch recipient {
    case .field, .name: return nil
    case .team: return routing == nil ? Lack(reason: Wording.noRouting) : nil
    case .assignee:
      guard let routing else { return Lack(reason: Wording.noRouting) }
      let assigns = routing.teams.contains { if case .none = $0.assignment { false } else { true } }
      return namesAssignee || assigns ? nil : Lack(reason: Wording.noAssignee)
    case .teamLead: return lack(Wording.noLead) { $0.lead == nil }
    case .teamMembers: return lack(Wording.noMembers) { $0.members.isEmpty }
    }
  }

  private func lack(_ wording: ([String]?) -> String, _ isMissing: (RoutingDecision.Team) -> Bool) -> Lack? {
    guard let routing else { return Lack(reason: Wording.noRouting) }
    if routing.teams.isEmpty { return Lack(reason: wording(nil)) }
    let without = routed.filter { isMissing(routing.teams[$0]) }
    if without.isEmpty { return nil }
    if without.count == routed.count { return Lack(reason: wording(nil)) }
    return Lack(
      reason: wording(without.map { routing.teams[$0].name }), isForAll: false, team: without[0],
      places: without.compactMap { routing.teams[$0].place })
  }
}

extension Recipient {
  /// As rules write it.
  fileprivate var word: String {
    switch self {
    case .assignee: "assignee"
    case .team: "team"
    case .teamLead: "team.lead"
    case .teamMembers: "team.members"
    case .field: ""
    case .name(let name): name
    }
  }
}
