import ByteOutput
public import RuleEvaluator
public import WorkingTime

/// Writes a forecast as JSON: a line for each window that will breach, then one for each team, then the total.
public struct ForecastJSON: Sendable {
  private let rulebook: Rulebook

  public init(_ rulebook: Rulebook) { self.rulebook = rulebook }

  /// All lines.
  public func text(_ forecast: Forecast, from now: Instant, until end: Instant) -> String {
    var lines = ByteWriter()
    for team in forecast.teams {
      for breach in team.breaches { write(breach, of: team, into: &lines) }
    }
    for team in forecast.teams {
      lines.append(literal: #"{"line":"team","team":"#)
      lines.append(optionalJSONString: team.name)
      writeCounts(team.breaches.count, team.waits, team.late, team.waived, into: &lines)
      lines.append(literal: "}\n")
    }
    writeTotal(forecast, now, end, into: &lines)
    return lines.text
  }

  private func write(_ breach: Forecast.Breach, of team: Forecast.Team, into line: inout ByteWriter) {
    line.append(literal: #"{"line":"breach","team":"#)
    line.append(optionalJSONString: team.name)
    line.append(literal: #","ticket":"#)
    line.append(jsonString: breach.ticket)
    line.append(literal: #","window":"#)
    line.append(jsonString: rulebook.windows[breach.window].id)
    line.append(literal: #","due_at":"#)
    line.append(jsonString: breach.dueAt.text(in: rulebook.timeZone))
    line.append(literal: #","remaining":"#)
    line.append(integer: breach.remaining / 1000)
    line.append(literal: #","working_time":"#)
    line.append(text: breach.countsWorkingTime ? "true" : "false")
    line.append(literal: #","assignee":"#)
    line.append(optionalJSONString: breach.assignee)
    line.append(literal: "}\n")
  }

  private func writeTotal(
    _ forecast: Forecast, _ now: Instant, _ end: Instant, into line: inout ByteWriter
  ) {
    line.append(literal: #"{"line":"total","from":"#)
    line.append(jsonString: now.text(in: rulebook.timeZone))
    line.append(literal: #","until":"#)
    line.append(jsonString: end.text(in: rulebook.timeZone))
    line.append(literal: #","tickets":"#)
    line.append(integer: Int64(forecast.tickets))
    line.append(literal: #","unreadable":"#)
    line.append(integer: Int64(forecast.unreadableCount))
    writeCounts(forecast.breaches, forecast.waits, forecast.late, forecast.waived, into: &line)
    line.append(literal: #","rulebook":"#)
    line.append(jsonString: rulebook.identity)
    line.append(literal: "}\n")
  }

  private func writeCounts(
    _ breaches: Int, _ waits: Int, _ late: Int, _ waived: Int, into line: inout ByteWriter
  ) {
    line.append(literal: #","will_breach":"#)
    line.append(integer: Int64(breaches))
    line.append(literal: #","waits":"#)
    line.append(integer: Int64(waits))
    line.append(literal: #","late_now":"#)
    line.append(integer: Int64(late))
    line.append(literal: #","waived":"#)
    line.append(integer: Int64(waived))
  }
}
