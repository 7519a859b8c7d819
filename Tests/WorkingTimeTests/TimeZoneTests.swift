import Foundation
import Testing

@testable import WorkingTime

@Suite("Time zone rules", .enabled(if: Zones.arePresent))
struct TimeZoneTests {
  static let names = [
    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns",
    "Europe/Dublin", "Africa/Casablanca", "Pacific/Apia", "Asia/Kathmandu", "America/Sao_Paulo",
    "Asia/Tehran",
    "Pacific/Chatham", "Etc/UTC",
  ]

  /// Foundation would not do: it has zones of its own, of another day than the system's.
  @Test(
    "give the offsets that the C library reads from the same files, from 1900 to 2037",
    .enabled(if: ZoneDump.isPresent), arguments: names)
  func offsets(name: String) throws {
    let rules = try Zones.rules(name)
    let lines = try ZoneDump.lines(of: name, from: 1900, until: 2038)
    #expect(name == "Asia/Kathmandu" || name == "Etc/UTC" || lines.count > 20)
    for line in lines {
      #expect(rules.offset(atSecond: line.second) == line.offset, "\(name) at \(line.second)")
    }
    // Between the last second of a stretch and its first nothing changes.
    for (start, end) in zip(lines, lines.dropFirst()) where start.offset == end.offset {
      for part in 1..<8 {
        let second = start.second + (end.second - start.second) / 8 * Int64(part)
        #expect(rules.offset(atSecond: second) == start.offset, "\(name) at \(second)")
      }
    }
  }

  /// A slim file holds no change that its footer tells (RFC 9636, section 3.3), so it is the fat one without
  /// the years after 2007.
  @Test("are the same from a slim file", arguments: ["Europe/Berlin", "America/New_York", "Pacific/Chatham"])
  func slim(name: String) throws {
    let fat = try Zones.rules(name)
    let footer = try Zones.footer(name)
    let kept = zip(fat.transitions, fat.offsets).filter { $0.0 < 1_199_145_600 }
    let slim = try TimeZoneRules(
      identifier: name,
      tzif: TZifWriter.file(kept.map { ($0.0, $0.1) }, first: fat.initialOffset, footer: footer))
    for second in stride(from: Int64(-3_000_000_000), to: 8_000_000_000, by: 13 * 86_400 + 777) {
      #expect(slim.offset(atSecond: second) == fat.offset(atSecond: second), "\(name) at \(second)")
    }
  }

  @Test("follow their yearly rule for ever", arguments: ["Europe/Berlin", "America/New_York"])
  func future(name: String) throws {
    let rules = try Zones.rules(name)
    // The Gregorian calendar repeats every 400 years, and with it the rule.
    let era: Int64 = 146_097 * 86_400
    for second in stride(from: Int64(2_300_000_000), to: 2_500_000_000, by: 5 * 86_400 + 4321) {
      #expect(rules.offset(atSecond: second + era) == rules.offset(atSecond: second))
      let change = rules.nextChange(after: second)
      let later = rules.nextChange(after: second + era)
      #expect(later?.second == change.map { $0.second + era })
      #expect(later?.offset == change?.offset)
    }
  }

  @Test(
    "move a skipped local time forward, and mean the first of two",
    arguments: [
      ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T03:30:00+02:00"),
      ("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T03:00:00+02:00"),
      ("Europe/Berlin", "2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00"),
      ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),
      ("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T03:00:00+01:00"),
      ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-04T02:45:00+11:00"),
      ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-05T01:45:00+11:00"),
      ("Pacific/Apia", "2011-12-30T12:00", "2011-12-31T12:00:00+14:00"),
      ("America/New_York", "2207-03-08T02:30", "2207-03-08T03:30:00-04:00"),
    ])
  func local(name: String, text: String, expected: String) throws {
    let zone = try Zones.rules(name)
    #expect(try instant(text, in: zone).text(in: zone) == expected)
  }

  @Test("find the first instant at which clocks show a time", arguments: names)
  func localTimes(name: String) throws {
    let zone = try Zones.rules(name)
    let offsets = Set(zone.offsets).union([zone.initialOffset]).map(Int64.init)
    for change in zone.transitions where change > -4_000_000_000 && change < 2_000_000_000 {
      let (before, after) = (zone.offset(atSecond: change - 1), zone.offset(atSecond: change))
      let near = [change + before, change + after].flatMap { [$0 - 1, $0, $0 + 1] }
      for local in near + stride(from: change - 93_600, to: change + 93_600, by: 10_321) {
        let shown = offsets.map { local - $0 }.filter { $0 + zone.offset(atSecond: $0) == local }
        if let first = shown.min() {
          #expect(zone.second(ofLocal: local) == first, "\(name), \(local)")
        } else if local >= change + before, local < change + after {
          #expect(zone.second(ofLocal: local) == local - before, "\(name), \(local)")
          #expect(zone.second(ofLocal: local, inGap: .atEnd) == change, "\(name), \(local)")
        }
      }
    }
  }

  @Test(
    "are refused when the file is corrupt, and never trap", arguments: ["Asia/Shanghai", "Africa/Monrovia"])
  func corrupt(name: String) throws {
    let bytes = try Zones.bytes(name)
    for length in stride(from: 0, to: bytes.count - 1, by: 1) {
      #expect(throws: TimeZoneError.self) {
        try TimeZoneRules(identifier: name, tzif: Array(bytes[..<length]))
      }
    }
    for index in bytes.indices {
      for byte in [bytes[index] ^ 0xff, bytes[index] ^ 1] {
        var flipped = bytes
        flipped[index] = byte
        try use(flipped)
      }
    }
  }

  @Test("survive random corruption", arguments: 0..<20)
  func fuzz(seed: Int) throws {
    var random = SeededGenerator(seed: seed)
    let bytes = try Zones.bytes("America/New_York")
    for _ in 0..<40 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      try use(changed)
    }
  }

  /// Whatever reads must also answer, build a calendar, and format.
  private func use(_ bytes: [UInt8]) throws {
    guard let rules = try? TimeZoneRules(identifier: "corrupt", tzif: bytes) else { return }
    for milliseconds in [Int64.min, -1, 0, 1_700_000_000_000, 9_000_000_000_000, .max] {
      let instant = Instant(milliseconds: milliseconds)
      #expect(abs(rules.offset(at: instant)) < 26 * 3600)
      _ = instant.text(in: rules)
      _ = rules.instant(of: rules.date(at: instant), at: .midnight)
      _ = rules.nextChange(after: milliseconds / 1000)
    }
  }

  @Test("say what is wrong with the file")
  func errors() throws {
    let file = try TZifWriter.file([(0, 3600)], first: 0, footer: "CET-1")
    func error(_ bytes: [UInt8]) -> TimeZoneError? {
      do {
        _ = try TimeZoneRules(identifier: "Test/Zone", tzif: bytes)
        return nil
      } catch {
        return error
      }
    }
    let install = "install the tz database again (package tzdata), or use `UTC` or an offset such as `+08:00`"
    let what = "the data of time zone `Test/Zone`"
    func expected(_ message: String, hint: String) -> TimeZoneError {
      TimeZoneError(identifier: "Test/Zone", message: message, hint: hint)
    }
    #expect(error(file) == nil)
    #expect(error([]) == expected("\(what) is not a file of the tz database", hint: install))
    #expect(
      error(Array("<html>".utf8)) == expected("\(what) is not a file of the tz database", hint: install))
    #expect(error(file.dropLast(2)) == expected("\(what) ends too early", hint: install))
    #expect(
      error(try TZifWriter.file([(0, 3600)], first: 0, footer: "CET-1CEST"))
        == expected("\(what) is corrupt: its yearly rule `CET-1CEST` does not read", hint: install))
    #expect(
      error(try TZifWriter.file([(5, 3600), (5, 0)], first: 0, footer: "UTC0"))
        == expected("\(what) is corrupt: its changes are out of order", hint: install))
    #expect(
      error(try TZifWriter.file([(0, 100_000)], first: 0, footer: "UTC0"))
        == expected("\(what) is corrupt: an offset from UTC is 100000 seconds", hint: install))
    #expect(
      error(try TZifWriter.file([(0, 50_000)], first: -50_000, footer: "UTC0"))
        == expected("\(what) is corrupt: a change is larger than a day", hint: install))
    #expect(
      error(try TZifWriter.file([(1 << 61, 3600)], first: 0, footer: "UTC0"))
        == expected("\(what) is corrupt: a change lies billions of years away", hint: install))
    #expect(
      error(try TZifWriter.file([(0, 3600)], first: 0, footer: "UTC0", leapSeconds: 1))
        == expected(
          "\(what) counts leap seconds, which instants here do not have",
          hint: "use the zone without `right/`"))
    #expect(
      error(try TZifWriter.file([(0, 3600)], first: 0, footer: "UTC0", kinds: [0]))
        == expected("\(what) is corrupt: a change leads to no kind of local time", hint: install))
    #expect(
      error(try TZifWriter.file([], first: 0, footer: "UTC0", kinds: []))
        == expected("\(what) is corrupt: it has 0 kinds of local time", hint: install))
  }

  @Test(
    "read every form of the yearly rule",
    arguments: [
      ("EST5EDT,M3.2.0,M11.1.0", "2026-07-01T00:00:00-04:00", "2026-12-01T00:00:00-05:00"),
      ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-07-01T00:00:00+10:30", "2026-12-01T00:00:00+11:00"),
      ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-07-01T00:00:00+03:00", "2026-12-01T00:00:00+02:00"),
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-07-01T00:00:00-01:00", "2026-12-01T00:00:00-02:00"),
      ("AAA0BBB,J60/0,J334/0", "2026-07-01T00:00:00+01:00", "2026-12-01T00:00:00+00:00"),
      ("AAA0BBB,59/0,333/0", "2026-07-01T00:00:00+01:00", "2026-12-01T00:00:00+00:00"),
      ("XXX3EDT4,0/0,J365/23", "2026-07-01T00:00:00-04:00", "2026-12-01T00:00:00-04:00"),
      ("JST-9", "2026-07-01T00:00:00+09:00", "2026-12-01T00:00:00+09:00"),
    ])
  func yearlyRules(footer: String, summer: String, winter: String) throws {
    let read = DaylightRuleText.read(Array(footer.utf8)[...])
    let standard = try #require(read).standard
    let file = try TZifWriter.file([], first: standard, footer: footer)
    let zone = try TimeZoneRules(identifier: "test", tzif: file)
    #expect(try instant("2026-07-01T00:00", in: zone).text(in: zone) == summer)
    #expect(try instant("2026-12-01T00:00", in: zone).text(in: zone) == winter)
  }

  @Test(
    "refuse a yearly rule that does not read",
    arguments: [
      "", "E5", "EST", "EST25", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0",
      "EST5EDT,M3.6.0,M11.1.0",
      "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J1", "EST5EDT,366,1", "EST5EDT,M3.2.0/168,M11.1.0",
      "EST5EDT,M3.2.0,M11.1.0x", "<EST5", "EST5:60", "EST+-5", "EST5555", "AAA20BBB-20,J1,J2",
    ])
  func wrongRules(footer: String) {
    #expect(DaylightRuleText.read(Array(footer.utf8)[...]) == nil)
  }

  @Test("have fixed offsets")
  func fixed() {
    #expect(TimeZoneRules.fixed(offset: 20_700)?.identifier == "+05:45")
    #expect(TimeZoneRules.fixed(offset: -12_600)?.identifier == "-03:30")
    #expect(TimeZoneRules.fixed(offset: 86_400) == nil)
    #expect(TimeZoneRules.fixed(offset: .min) == nil)
    #expect(TimeZoneRules.utc.offset(at: Instant(milliseconds: .max)) == 0)
  }
}

extension Zones {
  static func footer(_ identifier: String) throws -> String {
    let last = try bytes(identifier).split(separator: UInt8(ascii: "\n")).last ?? []
    return String(decoding: last, as: UTF8.self)
  }
}

/// Writes version 2 files with an empty first block.
enum TZifWriter {
  static func file(
    _ changes: [(second: Int64, offset: Int32)], first: Int32, footer: String, leapSeconds: Int = 0,
    kinds: [Int32]? = nil
  ) throws -> [UInt8] {
    var offsets = [first]
    for change in changes where !offsets.contains(change.offset) { offsets.append(change.offset) }
    let written = kinds ?? offsets
    var bytes = header(leapSeconds: 0, changes: 0, kinds: 1) + kind(first) + [0]
    bytes += header(leapSeconds: leapSeconds, changes: changes.count, kinds: written.count)
    for change in changes { bytes += bigEndian(UInt64(bitPattern: change.second)) }
    for change in changes { bytes.append(UInt8(try #require(offsets.firstIndex(of: change.offset)))) }
    bytes += written.flatMap(kind) + [0]
    bytes += [UInt8](repeating: 0, count: 12 * leapSeconds)
    return bytes + [0x0a] + Array(footer.utf8) + [0x0a]
  }

  private static func header(leapSeconds: Int, changes: Int, kinds: Int) -> [UInt8] {
    Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
      + [0, 0, leapSeconds, changes, kinds, 1].flatMap { bigEndian(UInt32($0)) }
  }

  private static func kind(_ offset: Int32) -> [UInt8] { bigEndian(UInt32(bitPattern: offset)) + [0, 0] }

  private static func bigEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }
}
