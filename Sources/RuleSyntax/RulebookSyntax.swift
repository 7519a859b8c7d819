public import Diagnostics
import LocatedYAML

/// Reads the files of one rulebook: format 1 of the rule language.
public enum RulebookSyntax {
  /// All that `files` declare, and everything that is wrong with their syntax, sorted by place.
  ///
  /// The files stand in path order, without those whose names end in `.test.yaml`. Maps and lists are merged over the
  /// files; a section that holds one thing stands in one of them.
  public static func parse(files: [SourceText]) -> (rulebook: RulebookDeclaration, diagnostics: [Diagnostic])
  {
    var rulebook = RulebookDeclaration()
    let registry = NameRegistry()
    var diagnostics: [Diagnostic] = []
    var isComplete = true
    for file in files {
      let parser = FileParser(file)
      if let root = parser.document() {
        parser.read(root, into: &rulebook, registry)
      } else {
        isComplete = false
      }
      diagnostics += parser.diagnostics
    }
    if isComplete, !registry.hasSection("rulebook"), let first = files.first {
      diagnostics.append(.missingKey("rulebook", of: "a rulebook", at: Place(file: first.path, line: 1)))
    }
    rulebook.ids = registry.ids
    return (rulebook, diagnostics.sortedByPlace())
  }
}

extension FileParser {
  private static let sections = Construct.ruleFile.keys.map(\.name)

  fileprivate func read(_ root: Node, into rulebook: inout RulebookDeclaration, _ registry: NameRegistry) {
    guard case .mapping(let entries) = root.content else {
      _ = self.entries(root, "a rule file")
      return
    }
    checkFormat(entries, at: root.place)
    for entry in entries where !entry.key.value.hasPrefix("x-") {
      if !Self.sections.contains(entry.key.value) {
        report(.unknownKey(entry.key, of: "a rule file", known: Self.sections, value: entry.value))
      } else if !readMerged(entry, into: &rulebook, registry), registry.registerSection(entry.key, in: self) {
        readSingle(entry, into: &rulebook, registry)
      }
    }
  }

  private func checkFormat(_ entries: [Node.Entry], at place: Place) {
    guard let first = entries.first, first.key.value == "format" else {
      return report(.missingFormat(at: entries.first?.key.place ?? place))
    }
    guard let format = text(first.value, "'format'"), format.value != "1" else { return }
    report(.unknownFormat(format))
  }

  /// Sections that every file may add to; false for all others.
  private func readMerged(
    _ entry: Node.Entry, into rulebook: inout RulebookDeclaration, _ registry: NameRegistry
  ) -> Bool {
    switch entry.key.value {
    case "format": break
    case "fields": rulebook.fields += named(entry, "fields", registry) { field($0) }
    case "calendars": rulebook.calendars += named(entry, "calendars", registry) { calendar($0) }
    case "tables": rulebook.tables += named(entry, "tables", registry) { table($0, registry) }
    case "windows":
      rulebook.windows += entries(entry.value, "'windows'")?.compactMap { window($0, registry) } ?? []
    case "required_fields":
      rulebook.requiredFields +=
        items(entry.value, "'required_fields'")?.compactMap { requiredFields($0, registry) } ?? []
    case "notifications":
      rulebook.notifications +=
        items(entry.value, "'notifications'")?.compactMap { notification($0, registry) } ?? []
    case "checks": rulebook.checks += items(entry.value, "'checks'")?.compactMap { check($0, registry) } ?? []
    case "reviews":
      rulebook.reviews += items(entry.value, "'reviews'")?.compactMap { review($0, registry) } ?? []
    case "waivers":
      rulebook.waivers += items(entry.value, "'waivers'")?.compactMap { waiver($0, registry) } ?? []
    default: return false
    }
    return true
  }

  private func named<Declaration>(
    _ section: Node.Entry, _ kind: String, _ registry: NameRegistry, _ read: (Node.Entry) -> Declaration?
  ) -> [Declaration] {
    let entries = entries(section.value, quoted(kind)) ?? []
    return entries.compactMap { registry.register($0.key, as: kind, in: self) == nil ? nil : read($0) }
  }

  private func readSingle(
    _ entry: Node.Entry, into rulebook: inout RulebookDeclaration, _ registry: NameRegistry
  ) {
    let what = quoted(entry.key.value)
    switch entry.key.value {
    case "rulebook": rulebook.name = name(entry.value, what)
    case "title": rulebook.title = localizedText(entry.value, what)
    case "time_zone": rulebook.timeZone = name(entry.value, what)
    case "language": rulebook.language = languageTag(entry.value, what)
    case "priorities": rulebook.priorities = priorities(entry, registry)
    case "routing": rulebook.routing = routing(entry, registry)
    case "workflow": rulebook.workflow = workflow(entry)
    default: break
    }
  }
}
