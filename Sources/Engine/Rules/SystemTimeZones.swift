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
}
