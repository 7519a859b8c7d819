import ByteOutput
public import Diagnostics

/// The text of a baseline: JSON, an entry a line, in the order of tickets.
public struct BaselineText: Sendable {
  public let text: String

  public init(rulebook: String, entries: [BaselineEntry: Severity]) {
    var bytes = ByteWriter()
    bytes.append(literal: "{\"baseline\": 1, \"rulebook\": ")
    bytes.append(jsonString: rulebook)
    bytes.append(literal: ", \"findings\": [")
    for (number, entry) in entries.keys.sorted().enumerated() {
      bytes.append(literal: number == 0 ? "\n" : ",\n")
      bytes.append(entry.json(entries[entry]))
    }
    bytes.append(literal: "\n]}\n")
    text = bytes.text
  }
}
