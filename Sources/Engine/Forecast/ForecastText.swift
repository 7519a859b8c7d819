import Diagnostics
import Reports
public import RuleEvaluator
public import WorkingTime

/// Puts a forecast into a table per team, in the language that it was made for.
public struct ForecastText: Sendable {
  private let rulebook: Rulebook
  private let tag: String
  private let language: Language

  public init(_ rulebook: Rulebook, language tag: String) {
    (self.rulebook, self.tag, language) = (rulebook, tag, Language(tag: tag))
  }

  /// The whole text, ending in a newline.
  public func text(_ forecast: Forecast, from now: Instant, until end: Instant) -> String {
    var lines = [
      say(
        "自 \(text(now)) 起无人处理，至 \(text(end)) 前的超时预测",
        "What breaches before \(text(end)), from \(text(now)), if nobody acts")
    ]
    for team in forecast.teams {
      lines += [
        "",
        "\(label(of: team))\(say("：", ": "))\(counts(team.breaches.count, team.waits, team.late, team.waived))",
      ]
      lines += table(team.breaches)
    }
    lines += ["", total(forecast)]
    return lines.map(\.withoutControlCharacters).joined(separator: "\n") + "\n"
  }

  private func total(_ forecast: Forecast) -> String {
    let counts = counts(forecast.breaches, forecast.waits, forecast.late, forecast.waived)
    var line = say("合计 \(forecast.tickets) 张工单：\(counts)", "total of \(forecast.tickets) tickets: \(counts)")
    if forecast.unreadableCount > 0 {
      line += say(
        "；\(forecast.unreadableCount) 条记录无法读取",
        "; records that could not be read: \(forecast.unreadableCount)")
    }
    return line
  }

  private func counts(_ breaches: Int, _ waits: Int, _ late: Int, _ waived: Int) -> String {
    let counts = say(
      "将超时 \(breaches)，暂停等待 \(waits)，已超时 \(late)",
      "\(breaches) will breach, \(waits) wait\(waits == 1 ? "s" : ""), \(late) late now")
    return waived == 0 ? counts : counts + say("，已豁免 \(waived)", ", \(waived) waived")
  }

  private func label(of team: Forecast.Team) -> String {
    guard let name = team.name else { return say("无团队", "no team") }
    let declared = rulebook.routing?.teams.first { $0.name == name }
    guard let label = declared?.label.text(in: tag), label != name else { return name }
    return say("\(label)（\(name)）", "\(label) (\(name))")
  }

  private func table(_ breaches: [Forecast.Breach]) -> [String] {
    if breaches.isEmpty { return [] }
    let head =
      language == .chinese
      ? ["到期时间", "剩余", "工单", "时限", "负责人"] : ["due", "remaining", "ticket", "window", "assignee"]
    return aligned([head] + breaches.map(row)).map { "  " + $0 }
  }

  private func row(_ breach: Forecast.Breach) -> [String] {
    let remaining = DurationText(milliseconds: breach.remaining, isWorking: breach.countsWorkingTime)
    return [
      text(breach.dueAt), String(remaining.text(language).drop { $0 == " " }), breach.ticket,
      rulebook.windows[breach.window].label.text(in: tag) ?? rulebook.windows[breach.window].id,
      breach.assignee ?? "—",
    ]
  }

  /// The rows with their columns below one another.
  private func aligned(_ rows: [[String]]) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { columnWidth(of: $0[column]) }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { column in
        column == row.count - 1
          ? row[column]
          : row[column] + String(repeating: " ", count: widths[column] - columnWidth(of: row[column]))
      }
      return cells.joined(separator: "  ")
    }
  }

  private func text(_ instant: Instant) -> String { instant.text(in: rulebook.timeZone) }

  private func say(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }
}
