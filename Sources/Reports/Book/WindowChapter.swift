import Diagnostics
import RuleEvaluator
import WorkingTime

/// The times that are promised, and who is told when they are not kept.
extension PolicyBook {
  var windows: Book.Chapter {
    Book.Chapter(name: "windows", title: words.windows, blocks: rulebook.windows.flatMap(blocks))
  }

  private func blocks(of window: ResponseWindow) -> [Book.Block] {
    let label = window.label.text(in: tag).map { text($0 + " ") } ?? []
    var blocks: [Book.Block] = [
      .heading(label + rule(window.id, window.place)),
      .table(Book.Table(header: [words.what, words.value], rows: facts(window).map { [text($0.0), $0.1] })),
    ]
    if case .decided(let table) = window.target {
      blocks.append(.table(rows(of: table, prefix: "\(window.id).")))
    }
    if !window.warnings.isEmpty || !window.escalations.isEmpty {
      blocks.append(.table(Book.Table(header: words.levelHeader, rows: levels(window))))
    }
    return blocks
  }

  private func facts(_ window: ResponseWindow) -> [(String, Book.Line)] {
    var facts: [(String, Book.Line)] = []
    func add(_ name: String, _ line: Book.Line) { if !line.isEmpty { facts.append((name, line)) } }
    add(words.when, line(window.condition))
    add(words.start, line(window.start))
    add(words.stop, line(window.stop))
    switch window.target {
    case .fixed(let target): add(words.target, text(words.duration(target)))
    case .decided(let table):
      let inputs = table.inputs.map { cells.label(ofSlot: $0.slot, named: $0.name) }
      add(words.target, text(words.targetBy(inputs.joined(separator: words.separator))))
    }
    if let calendar = window.calendar { add(words.calendar, text(rulebook.calendars[calendar].name)) }
    add(words.pause, window.pause.map { line($0) } ?? [])
    add(words.cancel, window.cancel.map { line($0) } ?? [])
    add(words.reopening, text(words.reopening(window.reopening)))
    if case .decided = window.target { add(words.targetChange, text(words.change(window.targetChange))) }
    return facts
  }

  private func line(_ boundary: ResponseWindow.Boundary) -> Book.Line {
    switch boundary {
    case .instant(let slot): text(words.instant(of: cells.label(ofSlot: slot)))
    case .reached(let condition): line(condition)
    }
  }

  private func levels(_ window: ResponseWindow) -> [[Book.Line]] {
    window.warnings.map { [text(words.warning), text(words.level($0)), [], [], []] }
      + window.escalations.map { escalation in
        [
          rule(escalation.id, escalation.place), text(words.level(escalation.level)),
          escalation.condition.map { line($0) } ?? [],
          line(escalation.recipients) + text(via(escalation.via)), line(escalation.message),
        ]
      }
  }

  private func via(_ names: [String]?) -> String { names == nil ? "" : words.through(channels(names)) }
}
