import ByteOutput
import Diagnostics
import RuleAnalysis
public import RuleDifference
import RuleEvaluator

/// Writes the difference of two rulebooks as JSON lines: what was counted over tickets, a line a region of a table, a line a
/// rule. The lines of tickets are `ReplayJSON`'s.
public struct DifferenceJSON: Sendable {
  public init() {}

  public func text(_ summary: ReplaySummary?, _ difference: RulebookDifference) -> String {
    var lines = ByteWriter()
    for table in difference.tables { write(table, &lines) }
    for item in difference.items { write(item, &lines) }
    if let summary { write(summary, &lines) }
    return lines.text
  }

  // MARK: Counts

  private func write(_ summary: ReplaySummary, _ line: inout ByteWriter) {
    line.append(literal: #"{"line":"summary","tickets":"#)
    line.append(integer: Int64(summary.tickets))
    line.append(literal: #","unreadable":"#)
    line.append(integer: Int64(summary.unreadable))
    line.append(literal: #","changed":"#)
    line.append(integer: Int64(summary.changed))
    line.append(literal: #","decisions":"#)
    line.list(summary.sortedDecisions) { entry, line in
      line.append(literal: #"{"name":"#)
      line.append(jsonString: entry.key)
      line.append(literal: #","changed":"#)
      line.append(integer: Int64(entry.value.total))
      line.append(literal: #","transitions":"#)
      line.list(entry.value.sorted, write)
      line.append(literal: "}")
    }
    line.append(literal: #","windows":"#)
    line.list(summary.windows.sorted { $0.key < $1.key }) { write($0.key, $0.value, &$1) }
    line.append(literal: #","findings":"#)
    line.list(summary.findings.sorted { $0.key < $1.key }) { entry, line in
      line.append(literal: #"{"rule":"#)
      line.append(jsonString: entry.key.rule)
      line.append(literal: #","field":"#)
      line.append(optionalJSONString: entry.key.field)
      write(entry.value, &line)
      line.append(literal: "}")
    }
    line.append(literal: #","notices":"#)
    line.list(summary.notices.sorted { $0.key < $1.key }) { entry, line in
      line.append(literal: #"{"event":"#)
      line.append(jsonString: entry.key.event)
      line.append(literal: #","rule":"#)
      line.append(jsonString: entry.key.rule)
      write(entry.value, &line)
      line.append(literal: "}")
    }
    line.append(literal: "}\n")
  }

  private func write(
    _ entry: (transition: ReplaySummary.Transition, count: Int), _ line: inout ByteWriter
  ) {
    line.append(literal: #"{"before":"#)
    line.append(optionalJSONString: entry.transition.before)
    line.append(literal: #","after":"#)
    line.append(optionalJSONString: entry.transition.after)
    line.append(literal: #","tickets":"#)
    line.append(integer: Int64(entry.count))
    line.append(literal: "}")
  }

  private func write(_ count: ReplaySummary.GainCount, _ line: inout ByteWriter) {
    line.append(literal: #","more":"#)
    line.append(integer: Int64(count.more))
    line.append(literal: #","fewer":"#)
    line.append(integer: Int64(count.fewer))
  }

  private func write(_ id: String, _ count: ReplaySummary.WindowCount, _ line: inout ByteWriter) {
    let counts: [(StaticString, Int)] = [
      (#","added":"#, count.applies.more), (#","gone":"#, count.applies.fewer),
      (#","due_earlier":"#, count.dueEarlier), (#","due_later":"#, count.dueLater),
      (#","due_other":"#, count.dueOther), (#","stop_moved":"#, count.stopMoved),
      (#","more_breaches":"#, count.breaches.more),
      (#","fewer_breaches":"#, count.breaches.fewer),
    ]
    line.append(literal: #"{"id":"#)
    line.append(jsonString: id)
    for (head, count) in counts {
      line.append(literal: head)
      line.append(integer: Int64(count))
    }
    line.append(literal: #","states":"#)
    line.list(count.states.sorted, write)
    line.append(literal: "}")
  }

  // MARK: Rules

  private func write(_ table: TableDifference, _ lines: inout ByteWriter) {
    for region in table.regions {
      lines.append(literal: #"{"line":"region","table":"#)
      lines.append(jsonString: table.name)
      lines.append(literal: #","where":"#)
      lines.list(region.inputs) { $1.append(jsonString: $0.text) }
      lines.append(literal: #","before":"#)
      write(region.before, &lines)
      lines.append(literal: #","after":"#)
      write(region.after, &lines)
      lines.append(literal: #","opaque":"#)
      lines.append(text: region.isOpaque ? "true" : "false")
      lines.append(literal: #","ticket":"#)
      lines.append(text: region.witness.json ?? "null")
      lines.append(literal: "}\n")
    }
    if !table.isCut, table.obstacle == nil { return }
    lines.append(literal: #"{"line":"not-compared","table":"#)
    lines.append(jsonString: table.name)
    lines.append(literal: #","why":"#)
    lines.append(jsonString: DifferenceWords(language: .english).regions(table))
    lines.append(literal: "}\n")
  }

  private func write(_ outcome: TableDifference.Outcome, _ line: inout ByteWriter) {
    line.append(literal: #"{"value":"#)
    line.append(optionalJSONString: outcome.text)
    line.append(literal: #","rows":"#)
    line.list(outcome.rows) { row, line in
      line.append(literal: #"{"id":"#)
      line.append(jsonString: row.id)
      line.append(literal: #","at":"#)
      line.append(jsonString: row.place.lineReference)
      line.append(literal: "}")
    }
    line.append(literal: "}")
  }

  private func write(_ item: ItemChange, _ lines: inout ByteWriter) {
    lines.append(literal: #"{"line":"rule","section":"#)
    lines.append(jsonString: item.section)
    lines.append(literal: #","id":"#)
    lines.append(jsonString: item.id)
    lines.append(literal: #","change":"#)
    lines.append(jsonString: item.kind.rawValue)
    lines.append(literal: #","before_at":"#)
    lines.append(optionalJSONString: item.placeBefore?.lineReference)
    lines.append(literal: #","after_at":"#)
    lines.append(optionalJSONString: item.placeAfter?.lineReference)
    lines.append(literal: #","details":"#)
    lines.list(item.details) { detail, line in
      line.append(literal: #"{"key":"#)
      line.append(jsonString: detail.name)
      line.append(literal: #","before":"#)
      line.append(optionalJSONString: detail.before)
      line.append(literal: #","after":"#)
      line.append(optionalJSONString: detail.after)
      line.append(literal: "}")
    }
    lines.append(literal: "}\n")
  }
}
