public import PluginAPI

/// What a plugin can do beyond its role's minimum, by name: `write`, `changes`, `incremental`, `ahead`, `resolve`.
public struct Capabilities: Hashable, Sendable {
  public var names: Set<String>

  /// - Parameter isAskedAhead: whether `store/list` knows `ahead`.
  public init(_ store: StoreCapabilities, isAskedAhead: Bool = false) {
    names = Set(Self.store.filter { store.contains($0.value) }.map(\.key))
    if isAskedAhead { names.insert(Self.ahead) }
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

  /// Whether the page behind the next one may be asked for.
  public var isAskedAhead: Bool { names.contains(Self.ahead) }

  private static let ahead = "ahead"

  public var ofNotifier: NotifierCapabilities { names.contains("resolve") ? .resolve : [] }

  private static let store: [String: StoreCapabilities] = [
    "write": .write, "changes": .changes, "incremental": .incremental,
  ]
}
