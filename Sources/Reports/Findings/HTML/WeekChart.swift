import ByteOutput
import WorkingTime

/// Weeks with columns, as SVG of its natural width; whoever has less room scrolls.
struct WeekChart: Sendable {
  /// Unique on the page; what its parts are named after.
  var id: String
  var title: String
  var counts: WeekCounts
  var words: HTMLWords

  private static let top = 18
  private static let height = 120
  private static let margin = 20
  /// What a label such as 10-12 takes.
  private static let labelWidth = 40
  private static let digitWidth = 7

  func write(into bytes: inout ByteWriter) {
    let weeks = counts.shown
    bytes.append(
      text: "<figure class=\"wide\">\n<figcaption id=\"\(id)-title\">\(title.escapedForHTML)</figcaption>\n")
    if !weeks.isEmpty { writePicture(weeks, into: &bytes) }
    for note in notes { bytes.append(text: "<p class=\"note\">\(note.escapedForHTML)</p>\n") }
    bytes.append(literal: "</figure>\n")
  }

  private var notes: [String] {
    var notes = [words.weeksBegin]
    if counts.earlier > 0 { notes.append(words.earlier(counts.earlier, WeekCounts.weekLimit)) }
    if counts.undated > 0 { notes.append(words.undated(counts.undated)) }
    return notes
  }

  private func writePicture(_ weeks: [(week: CivilDate, count: Int)], into bytes: inout ByteWriter) {
    let largest = max(1, weeks.map(\.count).max() ?? 1)
    let column = max(20, largest.grouped.count * Self.digitWidth + 3, min(48, 600 / weeks.count))
    let width = weeks.count * column + 2 * Self.margin
    let height = Self.top + Self.height + 34
    let values = weeks.map { "\($0.week.text): \($0.count.grouped)" }.joined(separator: "; ")
    bytes.append(
      text: """
        <div class="weeks" tabindex="0" role="region" aria-labelledby="\(id)-title">
        <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
        role="img" aria-labelledby="\(id)-title" aria-describedby="\(id)-values">
        <desc id="\(id)-values">\(values.escapedForHTML)</desc>
        <rect class="axis" x="0" y="\(Self.top + Self.height)" width="\(width)" height="1"/>

        """)
    for (index, week) in weeks.enumerated() {
      write(week, at: Self.margin + index * column, column: column, of: largest, into: &bytes)
    }
    writeLabels(weeks.map(\.week), column: column, into: &bytes)
    bytes.append(literal: "</svg>\n</div>\n")
  }

  private func write(
    _ week: (week: CivilDate, count: Int), at x: Int, column: Int, of largest: Int,
    into bytes: inout ByteWriter
  ) {
    if week.count == 0 { return }
    let tall = max(2, Int((Double(week.count) * Double(Self.height) / Double(largest)).rounded()))
    let y = Self.top + Self.height - tall
    bytes.append(
      text: """
        <rect class="bar" x="\(x + 2)" y="\(y)" width="\(column - 4)" height="\(tall)">\
        <title>\(week.week.text): \(week.count.grouped)</title></rect>\
        <text class="middle" x="\(x + column / 2)" y="\(y - 4)">\(week.count.grouped)</text>

        """)
  }

  /// Days below as many columns as they have room for, counted from the latest; years where they begin.
  private func writeLabels(_ weeks: [CivilDate], column: Int, into bytes: inout ByteWriter) {
    let step = (Self.labelWidth + column - 1) / column
    var year: Int?
    for (index, week) in weeks.enumerated() where (weeks.count - 1 - index) % step == 0 {
      let x = Self.margin + index * column + column / 2
      let y = Self.top + Self.height + 15
      bytes.append(text: "<text class=\"middle day\" x=\"\(x)\" y=\"\(y)\">\(week.text.suffix(5))</text>")
      if week.year != year {
        bytes.append(text: "<text class=\"middle day\" x=\"\(x)\" y=\"\(y + 14)\">\(week.year)</text>")
      }
      year = week.year
      bytes.append(literal: "\n")
    }
  }
}
