/// The subset of JSON Schema (https://json-schema.org/draft/2020-12) in which a manifest describes settings, and `secret`.
public struct ConfigSchema: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case string, number, integer, boolean, array, object
  }

  /// Which kinds of value are allowed; empty where all are.
  public var types: [Kind] = []
  public var description: String?
  public var properties: [(name: String, schema: ConfigSchema)] {
    propertyNames.map { ($0, propertySchemas[$0] ?? ConfigSchema()) }
  }
  public var required: [String] = []
  public var allowsOtherProperties = true
  /// What `enum` lists, as it is written.
  public var choices: [String] = []
  public var minimum: Double?
  public var maximum: Double?
  public var isSecret = false

  /// In the order of the manifest.
  private(set) var propertyNames: [String] = []
  private var propertySchemas: [String: ConfigSchema] = [:]
  /// The schema of items: none or one.
  private var itemSchema: [ConfigSchema] = []

  public init() {}

  public var items: ConfigSchema? {
    get { itemSchema.first }
    set { itemSchema = newValue.map { [$0] } ?? [] }
  }

  public subscript(_ property: String) -> ConfigSchema? {
    get { propertySchemas[property] }
    set {
      if propertySchemas[property] == nil { propertyNames.append(property) }
      propertySchemas[property] = newValue
    }
  }
}
