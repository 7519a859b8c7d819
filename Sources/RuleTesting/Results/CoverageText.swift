import Diagnostics

/// Coverage as people read it: a line a table, the sums, and each part that no test has seen, with its place.
public struct CoverageText: Sendable {
  public init() {}

  public func text(_ coverage: Coverage) -> String {
    let width = max(5, coverage.tables.map(\.name.count).max() ?? 0)
    var text = line("table", "rows", "cells", width)
    for table in coverage.tables {
      text += line(table.name, fraction(table.rows), fraction(table.cells), width)
    }
    text +=
      "\nrows \(sum(coverage.rows)), cells \(sum(coverage.cells)), conditions \(sum(coverage.conditions))\n"
    if coverage.gaps.isEmpty { return text }
    text += "\nnot seen:\n"
    for gap in coverage.gaps { text += "  \(gap.place.lineReference): \(gap.text): \(gap.what.rawValue)\n" }
    return text
  }

  private func line(_ name: String, _ rows: String, _ cells: String, _ width: Int) -> String {
    let rows = String(repeating: " ", count: max(1, 9 - rows.count)) + rows
    let cells = String(repeating: " ", count: max(1, 11 - cells.count)) + cells
    return name + String(repeating: " ", count: width - name.count) + rows + cells + "\n"
  }

  private func fraction(_ count: Coverage.Count) -> String { "\(count.seen)/\(count.total)" }

  private func sum(_ count: Coverage.Count) -> String {
    "\(count.seen) of \(count.total) (\(count.percent) %)"
  }
}
