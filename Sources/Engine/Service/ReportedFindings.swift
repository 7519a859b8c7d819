/// The findings of a ticket that people were told of, so that one that went away and came back is told anew.
///
/// A finding's cycle counts how often it had gone before; it becomes part of the key of its notice.
public struct ReportedFindings: Hashable, Sendable {
  private struct Entry: Hashable, Sendable {
    var cycle: Int
    var isPresent: Bool
  }

  private var entries: [String: Entry] = [:]

  public init() {}

  public var isEmpty: Bool { entries.isEmpty }

  /// Takes over which findings there are now, by their keys, and answers the cycle of each.
  public mutating func update(_ present: Set<String>) -> [String: Int] {
    for key in entries.keys where !present.contains(key) { entries[key]?.isPresent = false }
    var cycles: [String: Int] = [:]
    for key in present {
      var entry = entries[key] ?? Entry(cycle: 0, isPresent: true)
      if !entry.isPresent { entry = Entry(cycle: entry.cycle + 1, isPresent: true) }
      entries[key] = entry
      cycles[key] = entry.cycle
    }
    return cycles
  }
}

// MARK: - As text

extension ReportedFindings {
  /// One line a finding: `+` or `-` for there or gone, the cycle, a space, the key; in the order of keys.
  public var text: String {
    entries.sorted { $0.key < $1.key }.map { key, entry in
      "\(entry.isPresent ? "+" : "-")\(entry.cycle) \(key)"
    }.joined(separator: "\n")
  }

  /// Reads `text`; a line of another shape is left out.
  public init(text: String) {
    for line in text.split(separator: "\n") {
      guard let space = line.firstIndex(of: " "), let cycle = Int(line[..<space].dropFirst()) else {
        continue
      }
      entries[String(line[line.index(after: space)...])] = Entry(cycle: cycle, isPresent: line.hasPrefix("+"))
    }
  }
}
