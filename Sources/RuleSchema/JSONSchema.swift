public import PluginProtocol
import RuleSyntax

/// The declarations of the rule language as JSON Schema, draft 7: the one that yaml-language-server knows best.
///
/// Keys, shapes and words are those of the loader (`Construct`). What the loader alone knows, such as whether a name is
/// declared or a cell fits its field, is for `docket lint` and `docket lsp` to say.
public enum JSONSchema {
  /// The schema of one kind of file.
  public static func document(for kind: RuleFileKind) -> JSONValue {
    var definitions = Dictionary(
      uniqueKeysWithValues: Construct.allCases.map { ($0.rawValue, object($0)) })
    definitions.merge(shared) { first, _ in first }
    var schema = schema(kind.shape).object ?? [:]
    // Draft 7 ignores what stands beside a reference.
    if let reference = schema.removeValue(forKey: "$ref") {
      schema["allOf"] = .list([.object(["$ref": reference])])
    }
    schema["$schema"] = .text("http://json-schema.org/draft-07/schema#")
    schema["title"] = .text(kind.title)
    schema["definitions"] = .object(definitions)
    return .object(schema)
  }

  /// Texts as YAML 1.2 types them: the rule language reads `1`, `true` and `1.5` as they are written.
  private static let shared: [String: JSONValue] = [
    "text": .object(["type": .list([.text("string"), .text("number"), .text("boolean")])]),
    "message": .object([
      "anyOf": .list([
        reference("text"),
        .object([
          "type": .text("object"), "minProperties": .number(1), "additionalProperties": reference("text"),
          "propertyNames": .object(["pattern": .text("^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")]),
        ]),
      ])
    ]),
    "cell": .object([
      "anyOf": .list([
        reference("text"),
        .object(["type": .text("array"), "minItems": .number(1), "items": reference("text")]),
      ])
    ]),
    "condition": .object([
      "type": .text("object"), "minProperties": .number(1), "additionalProperties": reference("cell"),
      "properties": .object(["expr": reference("text")]),
    ]),
    "input": .object([
      "anyOf": .list([
        reference("text"),
        .object([
          "type": .text("object"), "minProperties": .number(1), "maxProperties": .number(1),
          "additionalProperties": reference("text"),
        ]),
      ])
    ]),
  ]

  private static func reference(_ name: String) -> JSONValue {
    .object(["$ref": .text("#/definitions/\(name)")])
  }

  private static func object(_ construct: Construct) -> JSONValue {
    var schema: [String: JSONValue] = [
      "type": .text("object"), "description": .text(construct.documentation),
      "properties": .object(
        Dictionary(uniqueKeysWithValues: construct.keys.map { ($0.name, property($0)) })),
      "patternProperties": .object(["^x-": .object([:])]),
      "additionalProperties": construct.otherKeys.map(self.schema) ?? .boolean(false),
    ]
    let required = construct.keys.filter(\.isRequired).map { JSONValue.text($0.name) }
    if !required.isEmpty { schema["required"] = .list(required) }
    let companions = construct.keys.filter { !$0.companions.isEmpty }
    if !companions.isEmpty {
      schema["dependencies"] = .object(
        Dictionary(
          uniqueKeysWithValues: companions.map { ($0.name, .list($0.companions.map(JSONValue.text))) }))
    }
    if !construct.alternatives.isEmpty {
      schema["anyOf"] = .list(construct.alternatives.map { .object(["required": .list([.text($0)])]) })
    }
    return .object(schema)
  }

  /// A key's schema with its documentation, which editors show.
  private static func property(_ key: Construct.Key) -> JSONValue {
    var property: [String: JSONValue] = ["description": .text(key.documentation)]
    switch schema(key.shape) {
    case .object(let members) where members["$ref"] != nil: property["allOf"] = .list([.object(members)])
    case .object(let members): property.merge(members) { first, _ in first }
    default: break
    }
    return .object(property)
  }

  static func schema(_ shape: Shape) -> JSONValue {
    switch shape {
    case .text(.format): .object(["enum": .list([.number(1), .text("1")])])
    case .text, .name, .newName, .expression: reference("text")
    case .boolean: .object(["type": .text("boolean")])
    case .word(let words): .object(["enum": .list(words.map(JSONValue.text))])
    case .message: reference("message")
    case .cell: reference("cell")
    case .condition: reference("condition")
    case .input: reference("input")
    case .outputValues: mapping(of: reference("cell"))
    case .mapping(let construct): reference(construct.rawValue)
    case .named(_, let value), .keyed(_, let value): mapping(of: schema(value))
    case .list(let item): .object(["type": .text("array"), "items": schema(item)])
    case .oneOf(let shapes): .object(["anyOf": .list(shapes.map(schema))])
    case .missing: .object(["type": .text("null")])
    }
  }

  private static func mapping(of value: JSONValue) -> JSONValue {
    .object([
      "type": .text("object"), "additionalProperties": value,
      "patternProperties": .object(["^x-": .object([:])]),
    ])
  }
}
