import ByteOutput
import Diagnostics
import LocatedYAML
import TicketModel
import WorkingTime

/// The fields of a ticket under construction, by dotted name: the last value that was written counts.
struct FieldValues {
  /// A value as JSON; nil where the field is to have none.
  struct Value {
    var json: String?
    var place: Place
    /// Whether it may be wrong on purpose.
    var isUnchecked = false
  }

  private(set) var names: [String] = []
  private var values: [String: Value] = [:]

  subscript(name: String) -> Value? { values[name] }

  mutating func set(_ name: String, _ value: Value) {
    if values.updateValue(value, forKey: name) == nil { names.append(name) }
  }

  /// `other` on top of these.
  mutating func merge(_ other: FieldValues) {
    for name in other.names { if let value = other[name] { set(name, value) } }
  }

  /// One JSON object; nested where names are dotted. Fields without a value are left out, or null for `showsAbsent`.
  func json(showsAbsent: Bool = false, extra: [(String, String)] = []) -> String {
    var members = [Member]()
    for name in names {
      guard let json = values[name]?.json ?? (showsAbsent ? "null" : nil) else { continue }
      members.append(Member(path: name.split(separator: ".").map(String.init)[...], json: json))
    }
    members += extra.map { Member(path: [$0.0], json: $0.1) }
    return Member.object(of: members)
  }
}

private struct Member {
  var path: ArraySlice<String>
  var json: String

  static func object(of members: [Member]) -> String {
    var keys = [String]()
    var parts = [String: [Member]]()
    for member in members {
      guard let key = member.path.first else { continue }
      if parts[key] == nil { keys.append(key) }
      parts[key, default: []].append(Member(path: member.path.dropFirst(), json: member.json))
    }
    let texts = keys.map { key in
      let inner = parts[key] ?? []
      let text = inner.count == 1 && inner[0].path.isEmpty ? inner[0].json : object(of: inner)
      return "\(key.jsonText): \(text)"
    }
    return "{\(texts.joined(separator: ", "))}"
  }
}

extension String {
  /// As a JSON string, in quotes.
  var jsonText: String {
    var bytes = ByteWriter(capacity: utf8.count + 8)
    bytes.append(jsonString: self)
    return bytes.text
  }
}
