import Diagnostics
import RuleEvaluator
import WorkingTime

/// Where tickets go, and who is in the teams.
extension PolicyBook {
  var routing: Book.Chapter {
    guard let routing = rulebook.routing else { return Book.Chapter(name: "routing", title: "", blocks: []) }
    var blocks = self.blocks(of: rulebook.tables[routing.table])
    if !routing.teams.isEmpty {
      blocks.append(.heading(text(words.teams)))
      blocks.append(.table(Book.Table(header: words.teamHeader, rows: routing.teams.map(row))))
    }
    return Book.Chapter(name: "routing", title: words.routing, blocks: blocks)
  }

  private func row(_ team: RoutingDecision.Team) -> [Book.Line] {
    let away = team.absences.map { absence in
      words.away(
        absence.member, absence.from.text(in: rulebook.timeZone), absence.until.text(in: rulebook.timeZone))
    }
    return [
      text(team.label.text(in: tag) ?? team.name), [.code(team.name)], text(team.lead ?? ""),
      text((team.members + away).joined(separator: words.separator)), text(words.assignment(team.assignment)),
    ]
  }
}
