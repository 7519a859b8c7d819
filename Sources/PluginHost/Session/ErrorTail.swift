/// The last lines that a plugin wrote to stderr, for the report of its crash.
struct ErrorTail: Sendable {
  static let capacity = 64
  /// How many of them a message shows.
  private static let shown = 5

  private(set) var lines = [String]()

  mutating func append(_ line: String) {
    if lines.count == Self.capacity { lines.removeFirst() }
    lines.append(line)
  }

  /// The last lines with something on them, for the end of a message; empty where there are none.
  var quotation: String {
    let last = lines.filter { !$0.allSatisfy(\.isWhitespace) }.suffix(Self.shown)
    return last.isEmpty ? "" : "; its stderr ends: " + last.joined(separator: " | ")
  }
}
