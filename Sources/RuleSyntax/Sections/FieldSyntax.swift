import Diagnostics
import LocatedYAML

extension FileParser {
  func field(_ entry: Node.Entry) -> FieldDeclaration? {
    guard let name = fieldName(entry.key) else { return nil }
    let what = "the field \(quoted(name.value))"
    if case .scalar(let scalar) = entry.value.content, TypeWords.all.contains(scalar.text) {
      report(.typeWithoutMapping(entry.value, type: scalar.text))
      return nil
    }
    guard let mapping = mapping(entry.value, what, .field) else { return nil }
    var field = FieldDeclaration(name: name)
    field.type = type(mapping)
    field.label = mapping.optional("label", localizedText)
    field.isRequired = mapping.flag("required")
    field.isUnique = mapping.flag("unique")
    field.isMasked = mapping.flag("masked")
    field.matches = mapping.optional("matches", text)
    field.minimum = mapping.optional("min", text)
    field.maximum = mapping.optional("max", text)
    field.size = size(mapping)
    field.section = sectionTitle(mapping)
    refuseConstraints(of: mapping, that: field.type)
    return field
  }

  private func sectionTitle(_ mapping: Mapping) -> Located<LocalizedText>? {
    guard let node = mapping["section"] else { return nil }
    return localizedText(node, quoted("section")).map { Located($0, at: node.place) }
  }

  /// `max_length` and `max_items` of a type and of its elements; nil where nothing is said.
  private func size(_ mapping: Mapping) -> SizeDeclaration? {
    var size = SizeDeclaration()
    size.length = mapping.optional("max_length", text)
    size.items = mapping.optional("max_items", text)
    if let element = mapping["of"], case .mapping(let entries) = element.content {
      let inner = Mapping(entries: entries, place: element.place, what: "'of'", parser: self)
      size.elements = self.size(inner).map { [$0] } ?? []
    }
    return size == SizeDeclaration() ? nil : size
  }

  private func fieldName(_ key: Located<String>) -> Located<String>? {
    guard let name = checkedName(key, "a field's name") else { return nil }
    let parts = name.value.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.contains(where: \.isEmpty) else { return name }
    report(.emptyPart(ofField: name))
    return nil
  }

  private func type(_ mapping: Mapping) -> Located<TypeDeclaration>? {
    guard let name = mapping.required("type", text) else { return nil }
    guard TypeWords.all.contains(name.value) else {
      report(.unknownWord(name, "'type'", known: TypeWords.all))
      return nil
    }
    refuseTypeKeys(of: mapping, that: name.value)
    return type(named: name.value, mapping).map { Located($0, at: name.place) }
  }

  private func type(named name: String, _ mapping: Mapping) -> TypeDeclaration? {
    switch name {
    case "choice":
      let isOrdered = mapping.flag("ordered")
      return mapping.required("values", choices).map { .choice($0, isOrdered: isOrdered) }
    case "list": return .list(of: mapping["of"].flatMap(elementType))
    case "object":
      return mapping.required("fields") { entries($0, $1)?.compactMap(field) }.map { .object($0) }
    default: return simpleType(named: name)
    }
  }

  private func simpleType(named name: String) -> TypeDeclaration? {
    switch name {
    case "string": .string
    case "integer": .integer
    case "number": .number
    case "boolean": .boolean
    case "instant": .instant
    case "date": .date
    case "duration": .duration
    case "list": .list(of: nil)
    default: nil
    }
  }

  /// The name of a type that needs nothing else, or a mapping as in `fields`.
  private func elementType(_ node: Node) -> Located<TypeDeclaration>? {
    guard case .scalar = node.content else {
      return mapping(node, "'of'", .element).flatMap(type)
    }
    return typeName(node, "'of'")
  }

  /// An output's type: the name of one, or the list of a choice's values.
  func outputType(_ node: Node, _ what: String) -> Located<TypeDeclaration>? {
    guard case .sequence = node.content else { return typeName(node, what) }
    return choices(node, what).map { Located(.choice($0, isOrdered: true), at: node.place) }
  }

  private func typeName(_ node: Node, _ what: String) -> Located<TypeDeclaration>? {
    guard let name = text(node, what) else { return nil }
    if let type = simpleType(named: name.value) { return Located(type, at: name.place) }
    report(.unknownWord(name, what, known: TypeWords.simple))
    return nil
  }

  /// A list of keys, or a mapping from keys to labels and aliases.
  private func choices(_ node: Node, _ what: String) -> [ChoiceDeclaration]? {
    let choices: [ChoiceDeclaration]
    switch node.content {
    case .sequence(let items):
      choices = distinct(items.compactMap { text($0, "a value") }, "values").map {
        ChoiceDeclaration(key: $0)
      }
      if items.isEmpty { report(.emptyList(what, at: node.place)) }
    case .mapping(let entries):
      choices = entries.compactMap(choice)
      if entries.isEmpty { report(.emptyList(what, at: node.place)) }
    default:
      _ = items(node, what)
      return nil
    }
    return choices
  }

  private func choice(_ entry: Node.Entry) -> ChoiceDeclaration? {
    if case .scalar(let scalar) = entry.value.content, scalar.isMissing {
      return ChoiceDeclaration(key: entry.key)
    }
    let what = "the value \(quoted(entry.key.value))"
    guard let mapping = mapping(entry.value, what, .choice) else { return nil }
    let aliases = mapping.optional("aliases") { items($0, $1)?.compactMap { text($0, "an alias") } }
    return ChoiceDeclaration(
      key: entry.key, label: mapping.optional("label", localizedText), aliases: aliases ?? [])
  }

  private func refuseTypeKeys(of mapping: Mapping, that type: String) {
    let owners = [
      "values": "choice", "ordered": "choice", "of": "list", "fields": "object", "max_length": "string",
      "max_items": "list",
    ]
    for entry in mapping.entries {
      guard let owner = owners[entry.key.value], owner != type else { continue }
      report(.misplacedKey(entry.key, of: "the type \(owner)", but: type))
    }
  }

  /// Text patterns are for texts, bounds for what has an order.
  private func refuseConstraints(of mapping: Mapping, that type: Located<TypeDeclaration>?) {
    guard let type = type?.value else { return }
    for entry in mapping.entries {
      switch entry.key.value {
      case "matches" where type != .string:
        report(.misplacedKey(entry.key, of: "the type string", but: type.name))
      case "min" where !type.hasBounds, "max" where !type.hasBounds:
        let owners = "the types integer, number, instant, date and duration"
        report(.misplacedKey(entry.key, of: owners, but: type.name))
      default: break
      }
    }
  }
}

extension TypeDeclaration {
  /// The word of the rule language.
  public var name: String {
    switch self {
    case .string: "string"
    case .integer: "integer"
    case .number: "number"
    case .boolean: "boolean"
    case .instant: "instant"
    case .date: "date"
    case .duration: "duration"
    case .choice: "choice"
    case .list: "list"
    case .object: "object"
    }
  }

  fileprivate var hasBounds: Bool {
    switch self {
    case .integer, .number, .instant, .date, .duration: true
    case .string, .boolean, .choice, .list, .object: false
    }
  }
}
