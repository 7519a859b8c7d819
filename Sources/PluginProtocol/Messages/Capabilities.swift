public import PluginAPI

/// What a plugin can do beyond its role's minimum, by name: `write`, `changes`, `incremental`, `resolve`.
public struct Capabilities: Hashable, Sendable {
  public var names: Set<String>

  public init(_ store: StoreCapabilities) {
    names = Set(Self.store.filter { store.contains($0.value) }.map(\.key))
  }

  public init(_ notifier: NotifierCapabilities) { names = notifier.contains(.resolve) ? ["resolve"] : [] }

  /// A list of names, or an object whose true members are meant; unknown names are kept and mean nothing.
  public init?(_ value: JSONValue) {
    switch value {
    case .list: names = Set(value.texts ?? [])
    case .object(let members): names = Set(members.filter { $0.value == .boolean(true) }.keys)
    default: return nil
    }
  }

  public var json: JSONValue { .list(names.sorted().map(JSONValue.text)) }

  public var ofStore: StoreCapabilities {
    Self.store.filter { names.contains($0.key) }.reduce(into: []) { $0.formUnion($1.value) }
  }

  public var ofNotifier: NotifierCapabilities { names.contains("resolve") ? .resolve : [] }

  private static let store: [String: StoreCapabilities] = [
    "write": .write, "changes": .changes, "incremental": .incremental,
  ]
}
