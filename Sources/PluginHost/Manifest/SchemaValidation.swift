import Diagnostics
public import PluginAPI

extension ConfigSchema {
  /// Throws `.configuration` about the first setting, in the order of the manifest, that the schema does not allow.
  public func validate(_ configuration: PluginConfiguration) throws(PluginError) {
    try validate(.object(configuration.values), SettingPath(instance: configuration.instance))
  }

  private func validate(_ value: PluginConfiguration.Value, _ path: SettingPath) throws(PluginError) {
    if !types.isEmpty, !types.contains(where: { $0.includes(value) }) { throw path.mustBe(typeText) }
    if !choices.isEmpty, !choices.contains(where: { value.isWritten($0) }) {
      throw path.mustBe("one of \(choices.joined(separator: ", "))")
    }
    switch value {
    case .number(let number): try validate(number, path)
    case .list(let values):
      guard let items else { return }
      for (index, value) in values.enumerated() { try items.validate(value, path.item(index)) }
    case .object(let values): try validate(values, path)
    case .text, .boolean: break
    }
  }

  private func validate(_ number: Double, _ path: SettingPath) throws(PluginError) {
    guard number < minimum ?? -.infinity || number > maximum ?? .infinity else { return }
    switch (minimum, maximum) {
    case (let minimum?, let maximum?): throw path.mustBe("from \(text(minimum)) to \(text(maximum))")
    case (let minimum?, nil): throw path.mustBe("at least \(text(minimum))")
    default: throw path.mustBe("at most \(text(maximum ?? 0))")
    }
  }

  private func validate(
    _ values: [String: PluginConfiguration.Value], _ path: SettingPath
  ) throws(PluginError) {
    if !allowsOtherProperties, let key = values.keys.filter({ self[$0] == nil }).min() {
      throw PluginError(
        .configuration, Wording.unknownSetting(key, path.owner), pointer: path.property(key).pointer,
        hint: suggestion(for: key, among: propertyNames) ?? Wording.settings(propertyNames))
    }
    if let key = required.first(where: { values[$0] == nil }) {
      throw PluginError(
        .configuration, Wording.missingSetting(key), pointer: path.property(key).pointer,
        hint: self[key]?.description)
    }
    for (name, schema) in properties {
      if let value = values[name] { try schema.validate(value, path.property(name)) }
    }
  }

  /// "a text or a list".
  private var typeText: String { types.map(\.text).joined(separator: " or ") }

  private func text(_ number: Double) -> String { Int64(exactly: number).map(String.init) ?? String(number) }

  /// Texts of the command line where a number or a truth value is asked for.
  func reading(_ value: PluginConfiguration.Value) -> PluginConfiguration.Value {
    switch value {
    case .object(let values):
      return .object(Dictionary(uniqueKeysWithValues: values.map { ($0, self[$0]?.reading($1) ?? $1) }))
    case .list(let values): return .list(values.map { items?.reading($0) ?? $0 })
    case .text(let text):
      if types.isEmpty || types.contains(.string) { return value }
      let isNumeric = types.contains(.integer) || types.contains(.number)
      if isNumeric, let number = Double(text), number.isFinite { return .number(number) }
      if types.contains(.boolean), text == "true" || text == "false" { return .boolean(text == "true") }
      return value
    case .number, .boolean: return value
    }
  }
}

extension ConfigSchema.Kind {
  func includes(_ value: PluginConfiguration.Value) -> Bool {
    switch (self, value) {
    case (.string, .text), (.number, .number), (.boolean, .boolean), (.array, .list), (.object, .object): true
    case (.integer, .number(let number)): Int64(exactly: number) != nil
    default: false
    }
  }

  var text: String {
    switch self {
    case .string: "a text"
    case .number: "a number"
    case .integer: "a whole number"
    case .boolean: "true or false"
    case .array: "a list"
    case .object: "a mapping"
    }
  }
}

extension PluginConfiguration.Value {
  /// Whether this is what `choice`, an item of `enum`, stands for.
  fileprivate func isWritten(_ choice: String) -> Bool {
    switch self {
    case .text(let text): text == choice
    case .boolean(let boolean): String(boolean) == choice
    case .number(let number): Double(choice) == number
    case .list, .object: false
    }
  }
}

/// Where a setting stands: a JSON pointer (RFC 6901) and the name that messages use.
struct SettingPath: Hashable {
  var instance: String
  var pointer = ""
  /// The last key, with an index where it is an item.
  var name = ""

  var owner: String { name.isEmpty ? instance : "'\(name)'" }

  func property(_ key: String) -> SettingPath {
    let escaped = key.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
    return SettingPath(instance: instance, pointer: "\(pointer)/\(escaped)", name: key)
  }

  func item(_ index: Int) -> SettingPath {
    SettingPath(instance: instance, pointer: "\(pointer)/\(index)", name: "\(name)[\(index)]")
  }

  func mustBe(_ expected: String) -> PluginError {
    PluginError(.configuration, Wording.mustBe(name, expected), pointer: pointer)
  }
}
