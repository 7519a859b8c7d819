/// The settings of one plugin instance, as `docket.yaml` or the command line gives them.
public struct PluginConfiguration: Hashable, Sendable {
  /// A setting: the shapes of JSON.
  public indirect enum Value: Hashable, Sendable {
    case text(String)
    case number(Double)
    case boolean(Bool)
    case list([Value])
    case object([String: Value])
  }

  /// The instance's name in `docket.yaml`, or the plugin's own name.
  public var instance: String
  public var values: [String: Value]

  public init(instance: String, values: [String: Value] = [:]) {
    self.instance = instance
    self.values = values
  }

  /// The text under `key`, or nil where there is none. Throws `.configuration` where it is not a text.
  public func text(_ key: String) throws(PluginError) -> String? {
    guard let value = values[key] else { return nil }
    guard case .text(let text) = value else { throw wrong(key, "must be a text") }
    return text
  }

  /// The texts under `key`: a list, or one text alone; empty where there is none.
  public func texts(_ key: String) throws(PluginError) -> [String] {
    guard let value = values[key] else { return [] }
    if case .text(let text) = value { return [text] }
    guard case .list(let items) = value else { throw wrong(key, "must be a text or a list of texts") }
    var texts = [String]()
    for (index, item) in items.enumerated() {
      guard case .text(let text) = item else { throw wrong(key, "must be a list of texts", item: index) }
      texts.append(text)
    }
    return texts
  }

  /// The truth value under `key`, or nil where there is none. Throws `.configuration` where it is not one.
  public func boolean(_ key: String) throws(PluginError) -> Bool? {
    guard let value = values[key] else { return nil }
    guard case .boolean(let boolean) = value else { throw wrong(key, "must be true or false") }
    return boolean
  }

  /// The whole number under `key`, or nil where there is none. Throws `.configuration` outside of `range`.
  public func integer(_ key: String, in range: ClosedRange<Int>) throws(PluginError) -> Int? {
    guard let value = values[key] else { return nil }
    guard case .number(let number) = value, let integer = Int(exactly: number), range.contains(integer) else {
      throw wrong(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  /// The one of `choices` that stands under `key`, or nil where there is nothing. Throws `.configuration` for another.
  public func choice(_ key: String, of choices: [String]) throws(PluginError) -> String? {
    guard let text = try text(key) else { return nil }
    guard choices.contains(text) else {
      throw wrong(key, "is '\(text)'", hint: "write one of \(choices.joined(separator: ", "))")
    }
    return text
  }

  /// Throws `.configuration` for the first key, in alphabetical order, that is none of `known`.
  public func requireKnownKeys(_ known: [String]) throws(PluginError) {
    guard let key = values.keys.filter({ !known.contains($0) }).min() else { return }
    throw PluginError(
      .configuration, "'\(key)' is not a setting of \(instance)", pointer: Self.pointer(to: key),
      hint: "the settings are \(known.joined(separator: ", "))")
  }

  /// A `.configuration` error about the setting `key`, or the item of its list at `item`: "'key' of instance" and `problem`.
  public func wrong(
    _ key: String, _ problem: String, item: Int? = nil, hint: String? = nil
  ) -> PluginError {
    let pointer = Self.pointer(to: key) + (item.map { "/\($0)" } ?? "")
    return PluginError(.configuration, "'\(key)' of \(instance) \(problem)", pointer: pointer, hint: hint)
  }

  /// RFC 6901, section 3: `~` and `/` within a name are written `~0` and `~1`.
  private static func pointer(to key: String) -> String {
    key.reduce(into: "/") { pointer, character in
      switch character {
      case "~": pointer += "~0"
      case "/": pointer += "~1"
      default: pointer.append(character)
      }
    }
  }
}
