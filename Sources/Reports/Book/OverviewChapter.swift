import RuleEvaluator
import TicketModel
import WorkingTime

/// What the rulebook is, and how much of it there is.
extension PolicyBook {
  var overview: Book.Chapter {
    let facts = [
      (words.name, rulebook.name), (words.identity, rulebook.identity),
      (words.languageName, rulebook.language),
      (words.timeZone, rulebook.timeZone.identifier),
    ]
    let rows = facts.map { [text($0.0), text($0.1)] } + counts.map { [text($0.0), text(String($0.1))] }
    return Book.Chapter(
      name: "overview", title: words.overview,
      blocks: [
        .table(Book.Table(header: [words.what, words.value], rows: rows)), .paragraph(text(words.howToRead)),
      ])
  }

  private var counts: [(String, Int)] {
    let rows = rulebook.tables.map(\.rows.count).reduce(0, +)
    let counts = [
      (words.fields, rulebook.schema.fields.count), (words.decisionRows, rows),
      (words.windows, rulebook.windows.count), (words.requirements, rulebook.requirements.count),
      (words.checks, rulebook.checks.count), (words.states, rulebook.workflow?.states.count ?? 0),
      (words.reviews, rulebook.reviews.count), (words.notifications, rulebook.notifications.count),
    ]
    return counts.filter { $0.1 > 0 }
  }
}
