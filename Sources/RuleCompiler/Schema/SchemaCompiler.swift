import Diagnostics
import RuleSyntax
import TicketModel

/// `fields`: declarations to a schema in which nested objects are flattened.
extension RulebookCompiler {
  mutating func compileSchema(_ declarations: [FieldDeclaration]) -> Schema {
    let fields = flatten(declarations, prefix: "")
    var places: [String: Place] = [:]
    for field in fields {
      if let first = places[field.name] { report(.duplicateField(field, first: first)) }
      places[field.name] = field.place
    }
    return Schema(fields)
  }

  private mutating func flatten(_ declarations: [FieldDeclaration], prefix: String) -> [Field] {
    var fields = [Field]()
    for declaration in declarations {
      guard let type = declaration.type else { continue }
      let name = prefix + declaration.name.value
      if case .object(let members) = type.value {
        var members = flatten(members, prefix: name + ".")
        if let section = declaration.section, !members.isEmpty { members[0].section = section.value }
        fields += members
      } else {
        fields.append(field(declaration, named: name, type))
      }
    }
    return fields
  }

  private mutating func field(
    _ declaration: FieldDeclaration, named name: String, _ type: Located<TypeDeclaration>
  ) -> Field {
    let type = compileType(type.value)
    return Field(
      name: name, type: type, label: declaration.label ?? LocalizedText(),
      isRequired: declaration.isRequired, isUnique: declaration.isUnique,
      isMasked: declaration.isMasked, minimum: bound(declaration.minimum, type),
      maximum: bound(declaration.maximum, type), size: size(declaration.size),
      section: declaration.section?.value, place: declaration.name.place)
  }

  private mutating func size(_ declaration: SizeDeclaration?) -> FieldSize {
    guard let declaration else { return FieldSize() }
    let element = declaration.elements.first.map { size($0) }
    return FieldSize(maximum: count(declaration.length ?? declaration.items), element: element)
  }

  private mutating func count(_ text: Located<String>?) -> Int? {
    guard let text else { return nil }
    if let count = Int32(text.value), count > 0 { return Int(count) }
    report(.badCount(text))
    return nil
  }

  private mutating func bound(_ text: Located<String>?, _ type: FieldType) -> Double? {
    guard let text else { return nil }
    switch type {
    case .integer, .number:
      if let value = Double(text.value), value.isFinite { return value }
      report(.badLiteral(text, type: type, hint: nil))
    default: report(.boundOfWrongType(text, type: type))
    }
    return nil
  }

  mutating func compileType(_ declaration: TypeDeclaration) -> FieldType {
    switch declaration {
    case .string: .text
    case .integer: .integer
    case .number: .number
    case .boolean: .boolean
    case .instant: .instant
    case .date: .date
    case .duration: .duration
    case .choice(let choices, let isOrdered): .choice(domain(choices, isOrdered))
    case .list(let element): .list(element.map { compileType($0.value) } ?? .text)
    case .object(let members): .object(elementSchema(members))
    }
  }

  /// Of the objects in a list, which are rows of one table: no section can begin in them.
  private mutating func elementSchema(_ members: [FieldDeclaration]) -> Schema {
    let fields = flatten(members, prefix: "")
    for field in fields where field.section != nil { report(.sectionInList(field)) }
    return Schema(fields)
  }

  /// Two choices that share a spelling would make a ticket's value ambiguous.
  private mutating func domain(_ choices: [ChoiceDeclaration], _ isOrdered: Bool) -> ChoiceDomain {
    var owners: [String: String] = [:]
    for choice in choices {
      let key = choice.key.value
      let labels = choice.label?.translations.map(\.text) ?? []
      for spelling in Set([key] + labels + choice.aliases.map(\.value)).sorted() {
        if let owner = owners[spelling] {
          report(.ambiguousSpelling(spelling, of: key, and: owner, at: choice.key.place))
        }
        owners[spelling] = key
      }
    }
    return ChoiceDomain(
      choices: choices.map {
        ChoiceDomain.Choice(
          key: $0.key.value, label: $0.label ?? LocalizedText(), aliases: $0.aliases.map(\.value))
      }, isOrdered: isOrdered)
  }
}
