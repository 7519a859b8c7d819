import Diagnostics
import FileAccess
public import WorkingTime

/// The time zones of the system's tz database (tzdata).
public struct SystemTimeZones: Sendable {
  private let folder: String

  public init(folder: String = "/usr/share/zoneinfo") { self.folder = folder }

  /// The rules of the zone with this IANA name, or nil where the database has none.
  public func rules(for identifier: String) -> TimeZoneRules? {
    if identifier == "UTC" || identifier == "Etc/UTC" { return .utc }
    let isName = identifier.utf8.allSatisfy { byte in
      byte == 0x2F || byte == 0x2B || byte == 0x2D || byte == 0x5F || (0x30...0x39).contains(byte)
        || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    guard isName, !identifier.hasPrefix("/"), let bytes = try? readFile("\(folder)/\(identifier)") else {
      return nil
    }
    return try? TimeZoneRules(identifier: identifier, tzif: bytes)
  }

  /// The names that people use (`zone.tab` of the tz database); empty where the system has no such list.
  public var names: [String] {
    guard let bytes = try? readFile("\(folder)/zone.tab") else { return [] }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
    return ["UTC"]
      + lines.compactMap { line in
        let columns = line.split(separator: "\t")
        return columns.count > 2 ? String(columns[2]) : nil
      }.sorted()
  }

  /// The name that a person most likely meant: `Shanghai` means `Asia/Shanghai`.
  public func nearestName(to text: String) -> String? {
    let names = names
    if let name = Diagnostics.nearestName(to: text, among: names) { return name }
    let cities = names.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    let city =
      cities.first { $0.lowercased() == text.lowercased() }
      ?? Diagnostics.nearestName(to: text, among: cities)
    return city.flatMap { cities.firstIndex(of: $0) }.map { names[$0] }
  }
}
