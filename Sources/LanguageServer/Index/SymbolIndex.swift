import Diagnostics
import LocatedYAML
import RuleSyntax

/// Where the names of a rulebook are given and used, over all its files.
struct SymbolIndex {
  private(set) var files: [String: [Occurrence]] = [:]
  private var definitions: [Symbol: [Occurrence]] = [:]
  private var uses: [Symbol: [Occurrence]] = [:]
  private(set) var workflowField: String?
  private(set) var priorityField: String?

  /// - Parameters:
  ///   - files: what could be read of each rule file, in path order.
  ///   - tests: the same of the tests beside them.
  ///   - resource: a file that a rule names, by its path relative to the rulebook's folder.
  init(
    _ files: [(source: SourceText, root: Node)], tests: [(source: SourceText, root: Node)],
    resource: (String) -> SourceText?
  ) {
    var templates: [String: LineIndex] = [:]
    for (source, root) in files {
      var walk = ShapeWalk(source)
      walk.walk(root, .mapping(.ruleFile))
      self.files[source.path] = walk.occurrences
      templates[source.path] = walk.lines
      workflowField = workflowField ?? walk.workflowField
      priorityField = priorityField ?? walk.priorityField
    }
    for table in tableFiles {
      if let source = resource(table) { self.files[table] = CSVRows.ids(in: source) }
    }
    addDefinitions()
    for (path, lines) in templates { addNamesInTexts(path, lines) }
    addUses()
    for (source, root) in tests { addMentions(source.path, root) }
  }

  /// The CSV files that rule files name, relative to the rulebook's folder.
  private var tableFiles: Set<String> {
    var found = Set<String>()
    for occurrence in files.values.joined() where occurrence.text.hasSuffix(".csv") {
      guard case .text(.path) = occurrence.content else { continue }
      let folder = occurrence.place.file.split(separator: "/").dropLast().joined(separator: "/")
      found.insert(folder.isEmpty ? occurrence.text : folder + "/" + occurrence.text)
    }
    return found
  }

  private mutating func addDefinitions() {
    for path in files.keys.sorted() {
      for occurrence in files[path] ?? [] {
        guard case .definition = occurrence.content else { continue }
        for symbol in symbols(of: occurrence) { definitions[symbol, default: []].append(occurrence) }
      }
    }
  }

  private mutating func addUses() {
    for path in files.keys.sorted() {
      for occurrence in files[path] ?? [] {
        if case .definition = occurrence.content { continue }
        for symbol in symbols(of: occurrence) { uses[symbol, default: []].append(occurrence) }
      }
    }
  }

  /// The fields that conditions and templates of one file name.
  private mutating func addNamesInTexts(_ path: String, _ lines: LineIndex) {
    var found: [Occurrence] = []
    for occurrence in files[path] ?? [] {
      let names: [ExpressionNames.Name]
      switch occurrence.content {
      case .expression: names = ExpressionNames.inExpression(occurrence.text)
      case .template: names = ExpressionNames.inTemplate(occurrence.text)
      default: continue
      }
      if names.isEmpty { continue }
      let locator = ScalarLocator(Located(occurrence.text, at: occurrence.place), in: lines)
      for name in names {
        guard let field = declaredField(name.text) else { continue }
        let end = name.range.lowerBound + field.unicodeScalars.count
        found.append(
          Occurrence(
            text: field, place: locator.place(of: name.range.lowerBound..<end), content: .use(.field),
            item: occurrence.item))
      }
    }
    files[path]?.append(contentsOf: found)
  }

  /// The longest beginning of a dotted name that is a field: the rest are its members, or a method.
  private func declaredField(_ name: String) -> String? {
    var parts = name.split(separator: ".")
    while !parts.isEmpty {
      let field = parts.joined(separator: ".")
      if definitions[Symbol(space: "field", name: field)] != nil { return field }
      parts.removeLast()
    }
    return nil
  }

  /// Every text of a test that is an id of the rulebook.
  private mutating func addMentions(_ path: String, _ root: Node) {
    func note(_ text: String, _ place: Place) {
      let symbol = Symbol(space: "id", name: text)
      guard definitions[symbol] != nil else { return }
      let mention = Occurrence(text: text, place: place, content: .mention, item: "test")
      files[path, default: []].append(mention)
      uses[symbol, default: []].append(mention)
    }
    func visit(_ node: Node) {
      if let text = node.text { note(text, node.place) }
      node.items?.forEach(visit)
      for entry in node.entries {
        note(entry.key.value, entry.key.place)
        visit(entry.value)
      }
    }
    visit(root)
  }
}

// MARK: Looking up

extension SymbolIndex {
  /// What stands at a position of a file: the shortest stretch there, and a name rather than the text that it is all of.
  func occurrence(in file: String, at position: Position) -> Occurrence? {
    (files[file] ?? []).filter { $0.place.start <= position && position <= $0.place.end }
      .min { ($0.text.utf8.count, $0.isText ? 1 : 0) < ($1.text.utf8.count, $1.isText ? 1 : 0) }
  }

  func definitions(of occurrence: Occurrence) -> [Occurrence] {
    symbols(of: occurrence).flatMap { definitions[$0] ?? [] }.uniqued()
  }

  func uses(of occurrence: Occurrence) -> [Occurrence] {
    symbols(of: occurrence).flatMap { uses[$0] ?? [] }.uniqued()
  }

  /// The names of a space in the order in which they are declared.
  func names(in space: String) -> [Occurrence] {
    // People are named where they work, and declared nowhere.
    let places = space == NameKind.person.rawValue ? uses : definitions
    let all = places.filter { $0.key.space == space }.compactMap(\.value.first)
    return all.sorted { $0.place < $1.place }
  }

  func definition(_ name: String, in space: String) -> Occurrence? {
    definitions[Symbol(space: space, name: name)]?.first
  }

  /// The symbols that a stretch may mean; empty for what is no name.
  func symbols(of occurrence: Occurrence) -> [Symbol] {
    let name = occurrence.text
    switch occurrence.content {
    case .definition(let kind, let owner, _): return [Symbol(space: space(of: kind, owner), name: name)]
    case .use(.recipient): return [Symbol(space: "field", name: name), Symbol(space: "person", name: name)]
    case .use(.rule): return [symbol(ofRule: name)]
    case .use(let kind): return [Symbol(space: space(of: kind, ""), name: name)]
    case .column: return [Symbol(space: "field", name: name)]
    case .value(let owner): return [Symbol(space: valueSpace(owner), name: name)]
    case .mention: return [Symbol(space: "id", name: name)]
    case .key, .word, .boolean, .text, .expression, .template: return []
    }
  }

  private func space(of kind: NameKind, _ owner: String) -> String {
    switch kind {
    case .field, .output: "field"
    case .choice: valueSpace(owner)
    case .state: valueSpace(workflowField ?? "status")
    case .level: valueSpace("priority")
    case .team: valueSpace("team")
    case .calendar, .table, .person, .notifier, .recipient, .rulebook: kind.rawValue
    case .row, .window, .check, .requirement, .review, .notification, .escalation, .waiver, .rule: "id"
    }
  }

  /// A rule as findings name it: an id, or a part of the rulebook behind the name of its section.
  private func symbol(ofRule name: String) -> Symbol {
    guard let dot = name.firstIndex(of: ".") else { return Symbol(space: "id", name: name) }
    let rest = String(name[name.index(after: dot)...])
    switch name[..<dot] {
    case "fields": return Symbol(space: "field", name: rest)
    case "tables": return Symbol(space: "table", name: rest)
    case "workflow": return Symbol(space: valueSpace(workflowField ?? "status"), name: rest)
    default: return Symbol(space: "id", name: name)
    }
  }

  /// The field with a ticket's own priority has the levels for values.
  func valueSpace(_ owner: String) -> String { "value:" + (owner == priorityField ? "priority" : owner) }
}

extension Occurrence {
  /// A condition or a template, of which names are parts.
  fileprivate var isText: Bool {
    switch content {
    case .expression, .template: true
    default: false
    }
  }
}

extension [Occurrence] {
  fileprivate func uniqued() -> [Occurrence] {
    var seen = Set<Place>()
    return filter { seen.insert($0.place).inserted }
  }
}
