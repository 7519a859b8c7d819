import Diagnostics

/// Builds nodes from libyaml's events and refuses what the subset leaves out.
struct NodeBuilder: ~Copyable {
  /// A file of aliases alone would give a million messages.
  private static let problemLimit = 1000

  private(set) var diagnostics: [Diagnostic] = []
  private let events: EventStream
  private let source: SourceText
  private lazy var lines = LineIndex(source)
  private var depth = 0

  /// `bytes` are those of `source`, and outlive the builder.
  init(_ source: SourceText, bytes: UnsafeBufferPointer<UInt8>) {
    self.source = source
    // libyaml would count the byte order mark as the first column.
    let start = bytes.starts(with: SourceText.byteOrderMark) ? 3 : 0
    events = EventStream(UnsafeBufferPointer(rebasing: bytes[start...]))
  }

  /// The root of the only document, or nil after an error that ends the reading.
  mutating func root() -> Node? {
    do throws(Ending) {
      return try document()
    } catch {
      switch error {
      case .syntax(let error): diagnostics.append(.syntax(error, in: lines))
      case .refusal(let diagnostic): diagnostics.append(diagnostic)
      }
      return nil
    }
  }

  /// What ends the reading.
  private enum Ending: Error {
    case syntax(SyntaxError)
    case refusal(Diagnostic)
  }

  private func next() throws(Ending) -> Event {
    do { return try events.next() } catch { throw .syntax(error) }
  }

  private func place(of event: Event) -> Place {
    Place(file: source.path, start: event.start, end: event.end)
  }

  private mutating func document() throws(Ending) -> Node {
    _ = try next()
    let start = try next()
    guard case .documentStart(let hasDirectives) = start.kind else {
      throw .refusal(.emptyFile(at: Place(file: source.path, line: 1)))
    }
    if hasDirectives { diagnostics.append(.directive(at: place(of: start))) }
    let root = try node(from: try next())
    _ = try next()
    let end = try next()
    if case .documentStart = end.kind { throw .refusal(.severalDocuments(at: place(of: end))) }
    return root
  }

  private mutating func node(from event: Event) throws(Ending) -> Node {
    guard diagnostics.count < Self.problemLimit else {
      throw .refusal(.tooManyProblems(diagnostics.count, at: place(of: event)))
    }
    refuseProperties(of: event)
    switch event.kind {
    case .scalar(let scalar): return self.scalar(scalar, from: event)
    case .sequenceStart: return try nested(event) { (builder) throws(Ending) in try builder.sequence(event) }
    case .mappingStart: return try nested(event) { (builder) throws(Ending) in try builder.mapping(event) }
    default:
      let place = lines.wordPlace(at: event.start)
      diagnostics.append(.alias(lines.text(at: place), at: place))
      return Node(.refused, at: place)
    }
  }

  private mutating func nested(
    _ event: Event, _ build: (inout NodeBuilder) throws(Ending) -> Node
  ) throws(Ending) -> Node {
    guard depth < YAMLDocument.depthLimit else {
      throw .refusal(.tooDeep(at: Place(file: source.path, start: event.start, end: event.start)))
    }
    depth += 1
    defer { depth -= 1 }
    return try build(&self)
  }

  private mutating func scalar(_ scalar: Scalar, from event: Event) -> Node {
    let place = place(of: event)
    if scalar.style == .doubleQuoted, let refused = scalar.text.unicodeScalars.first(where: \.isRefusedInText)
    {
      diagnostics.append(.refusedCharacter(refused, at: place))
    }
    // What follows a tag such as `!has(x)` was cut: it would only cause further messages.
    return Node(event.hasTag ? .refused : .scalar(scalar), at: place)
  }

  private mutating func sequence(_ start: Event) throws(Ending) -> Node {
    var items: [Node] = []
    var event = try next()
    while true {
      if case .sequenceEnd = event.kind { break }
      items.append(try node(from: event))
      event = try next()
    }
    return Node(.sequence(items), at: extent(from: start, to: event, last: items.last?.place))
  }

  private mutating func mapping(_ start: Event) throws(Ending) -> Node {
    var entries: [Node.Entry] = []
    var keys = KeySet()
    var last: Place?
    var event = try next()
    while true {
      if case .mappingEnd = event.kind { break }
      let key = try node(from: event)
      let value = try node(from: try next())
      last = value.place
      if let key = accepted(key, in: &keys, entries) { entries.append(Node.Entry(key: key, value: value)) }
      event = try next()
    }
    return Node(.mapping(entries), at: extent(from: start, to: event, last: last))
  }

  /// The key, or nil after a message where it is no text, is missing, merges, or stands twice.
  private mutating func accepted(
    _ key: Node, in keys: inout KeySet, _ entries: [Node.Entry]
  ) -> Located<String>? {
    switch key.content {
    case .refused: return nil
    case .sequence, .mapping: diagnostics.append(.complexKey(at: key.place))
    case .scalar(let scalar) where scalar.text.isEmpty: diagnostics.append(.missingKey(at: key.place))
    case .scalar(let scalar) where scalar.text == "<<" && scalar.style == .plain:
      diagnostics.append(.mergeKey(at: key.place))
    case .scalar(let scalar):
      let located = Located(scalar.text, at: key.place)
      guard let first = keys.insert(located, into: entries) else { return located }
      diagnostics.append(.duplicateKey(located, first: first))
    }
    return nil
  }

  /// A block collection ends, for libyaml, where the next token begins; here it ends with its last value.
  private func extent(from start: Event, to end: Event, last: Place?) -> Place {
    let isFlow = end.end > end.start
    let behind = isFlow ? end.end : max(start.end, last?.end ?? start.end)
    return Place(file: source.path, start: start.start, end: behind)
  }

  /// A tag and an anchor stand before their value, in either order.
  private mutating func refuseProperties(of event: Event) {
    guard event.hasTag || event.hasAnchor else { return }
    let first = lines.wordPlace(at: event.start)
    let second = lines.wordPlace(at: lines.nextWord(after: first.end))
    let isTagFirst = lines.text(at: first).hasPrefix("!")
    if event.hasTag {
      let place = isTagFirst ? first : second
      diagnostics.append(.tag(lines.text(at: place), at: place))
    }
    if event.hasAnchor {
      let place = isTagFirst ? second : first
      diagnostics.append(.anchor(lines.text(at: place), at: place))
    }
  }
}

/// The keys of one mapping. Most mappings have a handful, for which a scan beats a table.
private struct KeySet {
  private var places: [String: Place] = [:]

  /// Nil where `key` is new, else the place of the first one; `entries` are those accepted so far.
  mutating func insert(_ key: Located<String>, into entries: [Node.Entry]) -> Place? {
    if entries.count < 8 { return entries.first { $0.key.value == key.value }?.key.place }
    if places.isEmpty { for entry in entries { places[entry.key.value] = entry.key.place } }
    if let first = places[key.value] { return first }
    places[key.value] = key.place
    return nil
  }
}
