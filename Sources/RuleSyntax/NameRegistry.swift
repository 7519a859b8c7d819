import Diagnostics

/// The names that one rulebook has used so far, over all its files.
final class NameRegistry {
  private(set) var ids: [String: Place] = [:]
  private var names: [String: [String: Place]] = [:]

  /// The id, or nil after a message where another row, window or check has it.
  func register(id: Located<String>, in parser: FileParser) -> Located<String>? {
    if let first = ids[id.value] {
      parser.report(.duplicateID(id, first: first))
      return nil
    }
    ids[id.value] = id.place
    return id
  }

  /// The name, or nil after a message where another of the same `kind`, such as "fields", has it.
  func register(_ name: Located<String>, as kind: String, in parser: FileParser) -> Located<String>? {
    if let first = names[kind, default: [:]].updateValue(name.place, forKey: name.value) {
      names[kind, default: [:]][name.value] = first
      parser.report(.duplicateName(name, kind, first: first))
      return nil
    }
    return name
  }

  /// Whether a section that may stand in one file only stands here for the first time; false after a message.
  func registerSection(_ key: Located<String>, in parser: FileParser) -> Bool {
    guard let first = names["", default: [:]].updateValue(key.place, forKey: key.value) else { return true }
    names["", default: [:]][key.value] = first
    parser.report(.duplicateSection(key, first: first))
    return false
  }

  func hasSection(_ key: String) -> Bool { names["", default: [:]][key] != nil }
}
