import Diagnostics
import LocatedYAML

/// Columns: of the values behind keys, and of the cells of rows.
///
/// Lines that follow one another without a comment, a blank line or a longer value between them form a run. The values
/// of a run stand in one column where at least two of them did, and somebody padded one; keys too long for it take one
/// space. The cells of a run become columns where somebody padded one of them.
enum Alignment {
  /// What stands behind each key's colon on the same line, with the spaces before it; nil for everything else.
  static func inlineValues(of entries: [Node.Entry], in emitter: Emitter) -> [String?] {
    let source = emitter.source
    var texts = entries.map { entry in
      entry.value.place.start.line == entry.key.place.end.line && emitter.isFlow(entry.value)
        ? emitter.lineText(entry.value) : nil
    }
    for index in entries.indices where texts[index]?.isEmpty == true { texts[index] = nil }
    let runs = runs(texts, places: entries.map(\.key.place), in: source)
    let keys = entries.map { PaddedKey($0.key.place, source) }
    for (run, column) in zip(runs, columns(of: runs.map { $0.map { keys[$0] } })) {
      let cells = rows(run.map { entries[$0].value }, in: emitter, always: false)
      // Cells can only be columns where they begin in one.
      let least = cells == nil ? 0 : (run.map { keys[$0].width }.max() ?? 0) + 1
      let column = max(column, least)
      for (position, index) in run.enumerated() {
        let space = max(1, column - keys[index].width)
        texts[index] = String(repeating: " ", count: space) + (cells?[position] ?? texts[index] ?? "")
      }
    }
    return texts
  }

  /// The column of each run's values; 0 for one without.
  ///
  /// In a run two values at least must stand there, one of them padded; a line by itself keeps the column of another.
  private static func columns(of runs: [[PaddedKey]]) -> [Int] {
    var columns = runs.map { $0.count > 1 ? sharedColumn(of: $0) : 0 }
    var others: [Int: Int] = [:]
    for (run, column) in zip(runs, columns) {
      for key in run { others[run.count > 1 ? max(column, key.width + 1) : key.column, default: 0] += 1 }
    }
    for index in runs.indices where runs[index].count == 1 {
      let column = runs[index][0].column
      if others[column, default: 0] > 1 { columns[index] = column }
    }
    return columns
  }

  private static func sharedColumn(of keys: [PaddedKey]) -> Int {
    let counts = Dictionary(grouping: keys, by: \.column)
    let shared = counts.filter { $0.value.count > 1 && $0.value.contains(where: \.isPadded) }
    return shared.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key ?? 0
  }

  /// Each item that stands on one line; nil for everything else.
  static func inlineItems(_ items: [Node], in emitter: Emitter) -> [String?] {
    var texts = items.map { item in emitter.isFlow(item) ? emitter.lineText(item) : nil }
    for index in items.indices where texts[index]?.isEmpty == true { texts[index] = nil }
    for index in items.indices where texts[index] != nil {
      // A comment between the dash and the item.
      let dash = emitter.source.dash(before: items[index])
      if items[index].place.start.line != emitter.source.lines.position(of: dash).line { texts[index] = nil }
    }
    for run in runs(texts, places: items.map(\.place), in: emitter.source) {
      guard let cells = rows(run.map { items[$0] }, in: emitter, always: emitter.alignsRows) else { continue }
      for (position, index) in run.enumerated() { texts[index] = cells[position] }
    }
    return texts
  }

  /// Stretches of lines that follow one another.
  private static func runs(_ texts: [String?], places: [Place], in source: FormatSource) -> [[Int]] {
    var runs: [[Int]] = []
    for index in texts.indices where texts[index] != nil {
      let follows =
        runs.last?.last == index - 1 && places[index].start.line == places[index - 1].start.line + 1
      if follows { runs[runs.count - 1].append(index) } else { runs.append([index]) }
    }
    return runs
  }

  fileprivate static func gap(behind key: Place, _ source: FormatSource) -> Int {
    let end = source.end(key)
    let colon = source.spaces(from: end)
    return source.spaces(from: end + colon + 1)
  }
}

// MARK: Rows

extension Alignment {
  /// The rows as columns; nil where they are no table, or nobody began to align it.
  private static func rows(_ nodes: [Node], in emitter: Emitter, always: Bool) -> [String]? {
    let rows = nodes.compactMap { node -> [Node.Entry]? in
      guard case .mapping(let entries) = node.content, !entries.isEmpty else { return nil }
      return entries
    }
    guard rows.count == nodes.count, rows.count > 1 else { return nil }
    let isPadded = nodes.contains { isPaddedInside($0, emitter.source) }
    guard isPadded || always, let columns = columns(of: rows.map { $0.map(\.key.value) }) else {
      return nil
    }
    let cells = rows.map { row in
      Dictionary(uniqueKeysWithValues: row.map { ($0.key.value, emitter.entryText($0) ?? "") })
    }
    let widths = columns.map { column in cells.compactMap { $0[column].map(columnWidth) }.max() ?? 0 }
    return cells.map { aligned($0, columns, widths) }
  }

  private static func aligned(_ cells: [String: String], _ columns: [String], _ widths: [Int]) -> String {
    var text = "{"
    var missing = 0
    var isFirst = true
    for (column, width) in zip(columns, widths) {
      guard let cell = cells[column] else {
        missing += width + 2
        continue
      }
      if !isFirst { text += ", " }
      text += String(repeating: " ", count: missing) + cell
      missing = width - columnWidth(of: cell)
      isFirst = false
    }
    return text + "}"
  }

  /// Whether more than one space stands behind a comma or colon of the mapping itself, or one before a comma.
  private static func isPaddedInside(_ node: Node, _ source: FormatSource) -> Bool {
    guard case .mapping(let entries) = node.content else { return false }
    var previous: Node.Entry?
    for entry in entries {
      if gap(behind: entry.key.place, source) > 1 { return true }
      if let previous {
        let gap = source.text(source.end(previous.value.place)..<source.start(entry.key.place))
        if gap.count(where: { $0 == " " }) > 1 { return true }
      } else if source.spaces(from: source.start(node.place) + 1) > 1 {
        return true
      }
      previous = entry
    }
    return false
  }

  /// The keys of all rows in an order that agrees with each of them; nil where there is none.
  private static func columns(of rows: [[String]]) -> [String]? {
    var columns: [String] = []
    for row in rows {
      var position = 0
      for key in row {
        if let index = columns.firstIndex(of: key) {
          position = index + 1
        } else {
          columns.insert(key, at: min(position, columns.count))
          position += 1
        }
      }
    }
    let ranks = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    let agrees = rows.allSatisfy { row in
      zip(row, row.dropFirst()).allSatisfy { (ranks[$0] ?? 0) < (ranks[$1] ?? 0) }
    }
    return agrees ? columns : nil
  }
}

/// A key and the column of its value, counted from the key's first one; the colon is left out.
private struct PaddedKey {
  var width: Int
  var column: Int

  var isPadded: Bool { column > width + 1 }

  init(_ key: Place, _ source: FormatSource) {
    width = columnWidth(of: source.text(source.start(key)..<source.end(key)))
    column = width + Alignment.gap(behind: key, source)
  }
}
