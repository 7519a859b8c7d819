import RuleEvaluator
import WorkingTime

/// Retrospectives: when they are due, and what comes of them.
extension PolicyBook {
  var reviews: Book.Chapter {
    let rows = rulebook.reviews.map { review in
      [
        rule(review.id, review.place, anchor: "review.\(review.id)"), occasion(of: review),
        text(labels(review.required)), text(words.severity(review.severity)), line(review.message),
      ]
    }
    let table = Book.Table(header: words.reviewHeader, rows: rows)
    return Book.Chapter(name: "reviews", title: words.reviews, blocks: rows.isEmpty ? [] : [.table(table)])
  }

  private func occasion(of review: Review) -> Book.Line {
    guard let recurrence = review.recurrence else { return line(review.condition) }
    let within = words.duration(.elapsed(milliseconds: recurrence.milliseconds))
    let frequent = text(words.recurrence(recurrence.count, labels(recurrence.fields), within))
    let condition = line(review.condition)
    return condition.isEmpty ? frequent : frequent + [.lineBreak] + condition
  }
}
