import RuleEvaluator

/// Whatever else must hold, in words and as it is asked.
extension PolicyBook {
  var checks: Book.Chapter {
    let rows = rulebook.checks.map { check in
      [
        rule(check.id, check.place), line(check.message), line(check.condition),
        code(ofExpression: check.expression), text(words.severity(check.severity)),
      ]
    }
    let table = Book.Table(header: words.checkHeader, rows: rows)
    return Book.Chapter(name: "checks", title: words.checks, blocks: rows.isEmpty ? [] : [.table(table)])
  }
}
