import Diagnostics
import LocatedYAML
import PluginAPI

/// A list of mappings, or one mapping, in the YAML subset of rule files; the file is read whole.
///
/// Scalars become JSON strings, since the rulebook's types decide what they mean; only nothing, `null` and `~` without
/// quotes become null. A record in which something is refused is reported and not handed over, for half of it would be
/// checked as if it were all.
struct YAMLReader: RecordReader {
  private let name: String
  private var window: InputWindow
  /// All that is left of the file; nil before it is read.
  private var rest: TicketPage?

  let line = 1

  init(_ window: InputWindow, name: String) {
    self.window = window
    self.name = name
  }

  mutating func next(limit: Int) -> TicketPage? {
    var all = rest ?? load()
    var page = TicketPage(source: name)
    page.buffer = all.buffer
    page.malformed = Array(all.malformed.prefix { $0.position <= limit }.prefix(limit))
    page.records = Array(all.records.prefix(limit))
    all.malformed.removeFirst(page.malformed.count)
    all.records.removeFirst(page.records.count)
    for index in all.malformed.indices {
      all.malformed[index].position = max(0, all.malformed[index].position - page.records.count)
    }
    rest = all
    return page.isEmpty ? nil : page
  }

  private mutating func load() -> TicketPage {
    var page = TicketPage(source: name)
    while window.pendingCount <= YAMLDocument.sizeLimit, window.refill() {}
    let bytes = Array(window.bytes[window.start...])
    if window.isCutShort || bytes.allSatisfy(\.isJSONSpace) { return page }
    var problems = YAMLDocument.problems(ofSize: bytes.count, path: name)
    if problems.isEmpty, let root = YAMLDocument.load(SourceText(path: name, bytes: bytes), into: &problems) {
      page.addRecords(of: root, without: problems)
    }
    page.report(problems)
    return page
  }
}

extension TicketPage {
  fileprivate mutating func addRecords(of root: Node, without problems: [Diagnostic]) {
    switch root.content {
    case .sequence(let nodes): for node in nodes { addRecord(node, without: problems) }
    case .mapping: addRecord(root, without: problems)
    case .scalar: addMalformed(line: root.place.start.line, Messages.yamlShape)
    case .refused: break
    }
  }

  private mutating func addRecord(_ node: Node, without problems: [Diagnostic]) {
    let isBroken = problems.contains { problem in
      problem.place.map { node.place.start <= $0.start && $0.start <= node.place.end } ?? true
    }
    if isBroken { return }
    let start = buffer.count
    buffer.append(node)
    records.append(.init(range: start..<buffer.count, line: node.place.start.line))
  }

  /// Puts each problem before the first record that begins behind it.
  fileprivate mutating func report(_ problems: [Diagnostic]) {
    for problem in problems.sortedByPlace() {
      let line = problem.place?.start.line ?? 1
      let position = records.firstIndex { $0.line > line } ?? records.count
      let message = [problem.message, problem.hint].compactMap(\.self).joined(separator: ": ")
      malformed.append(Malformed(position: position, line: line, message: message))
    }
    malformed.sort { ($0.position, $0.line) < ($1.position, $1.line) }
  }
}

extension [UInt8] {
  /// Appends a node as JSON; the loader limits the depth.
  fileprivate mutating func append(_ node: Node) {
    switch node.content {
    case .scalar(let scalar):
      if scalar.style == .plain, ["", "null", "~"].contains(scalar.text) {
        append(contentsOf: "null".utf8)
      } else {
        appendJSONString(scalar.text)
      }
    case .sequence(let nodes):
      append(nodes, "[", "]") { bytes, node in bytes.append(node) }
    case .mapping(let entries):
      append(entries, "{", "}") { bytes, entry in
        bytes.appendJSONString(entry.key.value)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(entry.value)
      }
    case .refused:
      break
    }
  }

  private mutating func append<Item>(
    _ items: [Item], _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout [UInt8], Item) -> Void
  ) {
    append(UInt8(ascii: open))
    for (index, item) in items.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      body(&self, item)
    }
    append(UInt8(ascii: close))
  }
}
