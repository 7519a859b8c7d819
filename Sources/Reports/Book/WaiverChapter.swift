import RuleEvaluator
import WorkingTime

/// Which rules need not be kept for a time.
extension PolicyBook {
  var waivers: Book.Chapter {
    let rows = rulebook.waivers.map { waiver in
      [
        rule(waiver.id, waiver.place), text(waiver.rule), line(waiver.condition), text(waiver.until.text),
        text(waiver.by), text(waiver.reason),
      ]
    }
    let table = Book.Table(header: words.waiverHeader, rows: rows)
    return Book.Chapter(
      name: "waivers", title: words.waivers,
      blocks: rows.isEmpty ? [] : [.paragraph(text(words.waiverNote)), .table(table)])
  }
}
