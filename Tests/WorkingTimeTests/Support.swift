import Foundation
import Testing

@testable import WorkingTime

/// SplitMix64; the seed names the case in a failure.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// The system's tz database; tests that need a zone are skipped where it is missing.
enum Zones {
  static let folder = "/usr/share/zoneinfo/"
  static let arePresent = FileManager.default.fileExists(atPath: folder + "Europe/Berlin")

  static func bytes(_ identifier: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + identifier)))
  }

  static func rules(_ identifier: String) throws -> TimeZoneRules {
    if identifier == "UTC" { return .utc }
    return try TimeZoneRules(identifier: identifier, tzif: bytes(identifier))
  }
}

func instant(_ text: String, in zone: TimeZoneRules = .utc) throws -> Instant {
  try #require(Instant.parse(text, localZone: zone), "\(text) is not an instant")
}

func date(_ text: String) throws -> CivilDate {
  try #require(CivilDate.parse(text), "\(text) is not a date")
}

func hours(_ texts: String...) throws -> [OpeningInterval] { try texts.map { try OpeningInterval.parse($0) } }

func calendar(
  _ weeklyHours: [Weekday: [OpeningInterval]], in zone: TimeZoneRules = .utc, holidays: Set<CivilDate> = [],
  specialDays: [CivilDate: [OpeningInterval]] = [:]
) throws -> WorkingCalendar {
  try WorkingCalendar(
    WorkingCalendar.Specification(
      name: "test", zone: zone, weeklyHours: weeklyHours, holidays: holidays, specialDays: specialDays))
}

/// Monday to Friday.
func workingWeek(_ hours: [OpeningInterval]) -> [Weekday: [OpeningInterval]] {
  Dictionary(uniqueKeysWithValues: Weekday.allCases.prefix(5).map { ($0, hours) })
}

extension Int64 {
  static func minutes(_ count: Int) -> Int64 { Int64(count) * 60_000 }
  static func hours(_ count: Int) -> Int64 { Int64(count) * 3_600_000 }
}
