import ByteOutput
import Diagnostics

/// Names with bars, as SVG that is as wide as its place: positions along the width are percentages, so that the letters keep
/// their size on every screen.
struct BarChart: Sendable {
  struct Bar: Hashable, Sendable {
    var label: String
    var count: Int
    /// False for what stands for none or for several names.
    var isNamed: Bool
  }

  /// Unique on the page; what its parts are named after.
  var id: String
  var title: String
  /// Not empty.
  var bars: [Bar]

  private static let rowHeight = 30
  /// Columns of a terminal, of which a Chinese character takes two.
  private static let labelWidth = 36

  func write(into bytes: inout ByteWriter) {
    bytes.append(
      text: "<figure>\n<figcaption id=\"\(id)-title\">\(title.escapedForHTML)</figcaption>\n")
    bytes.append(
      text: """
        <svg xmlns="http://www.w3.org/2000/svg" width="100%" height="\(bars.count * Self.rowHeight)" role="img" \
        aria-labelledby="\(id)-title" aria-describedby="\(id)-values">
        <desc id="\(id)-values">\(values.escapedForHTML)</desc>

        """)
    let largest = max(1, bars.map(\.count).max() ?? 1)
    for (index, bar) in bars.enumerated() {
      write(bar, at: index * Self.rowHeight, of: largest, into: &bytes)
    }
    bytes.append(literal: "</svg>\n</figure>\n")
  }

  /// All bars in words.
  private var values: String { bars.map { "\($0.label): \($0.count.grouped)" }.joined(separator: "; ") }

  private func write(_ bar: Bar, at y: Int, of largest: Int, into bytes: inout ByteWriter) {
    let kind = bar.isNamed ? "bar" : "bar other"
    bytes.append(
      text: """
        <text x="0" y="\(y + 13)"\(bar.isNamed ? "" : " class=\"other\"")>\(label(of: bar))</text>\
        <text class="value" x="100%" y="\(y + 13)">\(bar.count.grouped)</text>\
        <rect class="track" x="0" y="\(y + 18)" width="100%" height="6" rx="2"/>\
        <rect class="\(kind)" x="0" y="\(y + 18)" width="\(percentage(bar.count, of: largest))" height="6" rx="2"/>

        """)
  }

  private func label(of bar: Bar) -> String {
    let short = bar.label.clipped(toColumns: Self.labelWidth)
    if short == bar.label { return short.escapedForHTML }
    return "<title>\(bar.label.escapedForHTML)</title>\(short.escapedForHTML)"
  }

  /// With one decimal, and never so little that nothing is seen.
  private func percentage(_ count: Int, of largest: Int) -> String {
    let tenths = max(5, Int((Double(count) * 1_000 / Double(largest)).rounded()))
    return "\(tenths / 10).\(tenths % 10)%"
  }
}
