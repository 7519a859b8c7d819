import Testing

@testable import WorkingTime

@Suite("An instant")
struct InstantTests {
  @Test(
    "reads RFC 3339, and local times without an offset",
    arguments: [
      ("1970-01-01T00:00:00Z", 0, true),
      ("2023-10-07T09:15:30+08:00", 1_696_641_330_000, true),
      ("2023-10-07T01:15:30Z", 1_696_641_330_000, true),
      ("2023-10-07t01:15:30z", 1_696_641_330_000, true),
      ("2023-10-07 01:15:30Z", 1_696_641_330_000, true),
      ("2023-10-06T20:15:30-05:00", 1_696_641_330_000, true),
      ("2023-10-07T09:15:30", 1_696_641_330_000, false),
      ("2023-10-07T09:15:30.25", 1_696_641_330_250, false),
      ("2023-10-07T09:15", 1_696_641_300_000, false),
      ("2023-10-07T09:15+08:00", 1_696_641_300_000, true),
      ("2023-10-07T01:15Z", 1_696_641_300_000, true),
      ("2023-10-07T01:15:30.1Z", 1_696_641_330_100, true),
      ("2023-10-07T01:15:30.123987654321Z", 1_696_641_330_123, true),
      ("1969-12-31T23:59:59.999Z", -1, true),
      ("1970-01-01T00:00:00-00:00", 0, true),
      ("2000-02-29T00:00:00Z", 951_782_400_000, true),
      ("0001-01-01T00:00:00Z", -62_135_596_800_000, true),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999, true),
    ])
  func reads(text: String, milliseconds: Int64, hasOffset: Bool) throws {
    let zone = try #require(TimeZoneRules.fixed(offset: 8 * 3600))
    let parsed = Instant.parsed(text, localZone: zone)
    #expect(parsed == Instant.Parsed(instant: Instant(milliseconds: milliseconds), hasOffset: hasOffset))
    #expect(Instant.parsed(Array(text.utf8).span, localZone: zone) == parsed)
  }

  @Test(
    "refuses what is not one",
    arguments: [
      "", "2023", "2023-10-07", "2023-10-07T09", "2023-10-07T09:1", "2023-10-07T09:15:", "2023-10-07T09:15:3",
      "2023-10-07T09:15:30.", "2023-10-07T09:15:30.Z", "2023-10-07T09:15:30,5Z", "2023-10-07T09:15:30.5.5Z",
      "2023-13-07T09:15:30Z", "2023-00-07T09:15:30Z", "2023-10-00T09:15:30Z", "2023-10-32T09:15:30Z",
      "2023-02-29T09:15:30Z", "1900-02-29T09:15:30Z", "2023-04-31T09:15:30Z", "0000-01-01T00:00:00Z",
      "2023-10-07T24:00:00Z", "2023-10-07T09:60:30Z", "2023-10-07T09:15:60Z", "2023-10-07T09:15:30+24:00",
      "2023-10-07T09:15:30+08:60", "2023-10-07T09:15:30+0800", "2023-10-07T09:15:30+08",
      "2023-10-07T09:15:30+08:0",
      "2023-10-07T09:15:30+08:000", "2023-10-07T09:15:30ZZ", "2023-10-07T09:15:30Z ", " 2023-10-07T09:15:30Z",
      "2023/10/07T09:15:30Z", "2023-10-07_09:15:30Z", "2023-10-07T09.15.30Z", "+023-10-07T09:15:30Z",
      "2023-10-07T09:15:3：Z", "２０２３-10-07T09:15", "12023-10-07T09:15:30Z", "0001-01-01T00:00:00+00:01",
      "9999-12-31T23:59:59-00:01", "2023-10-07T09:15:30 +08:00",
    ])
  func refuses(text: String) {
    #expect(Instant.parse(text, localZone: .utc) == nil)
  }

  @Test("survives any bytes", arguments: 0..<20)
  func survives(seed: Int) {
    var random = SeededGenerator(seed: seed)
    let template = Array("2023-10-07T09:15:30.123+08:00".utf8)
    for _ in 0..<2000 {
      var bytes = Array(template.prefix(Int.random(in: 0...template.count, using: &random)))
      for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let parsed = bytes.withUnsafeBytes { Instant.parse($0, localZone: .utc) }
      if let parsed { #expect(parsed >= .earliest && parsed <= .latest) }
    }
  }

  @Test("is written and read back the same in every zone", .enabled(if: Zones.arePresent), arguments: 0..<20)
  func roundTrip(seed: Int) throws {
    var random = SeededGenerator(seed: seed)
    let names = [
      "UTC", "Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Monrovia",
    ]
    let zone = try Zones.rules(names[seed % names.count])
    for _ in 0..<300 {
      let range = Instant.earliest.milliseconds...Instant.latest.milliseconds
      let near = Int64.random(in: -4_000_000_000_000...4_000_000_000_000, using: &random)
      let any = Int64.random(in: range, using: &random)
      for milliseconds in [near, near / 1000 * 1000, any] {
        let instant = Instant(milliseconds: milliseconds)
        let text = instant.text(in: zone)
        #expect(
          Instant.parsed(text, localZone: .utc) == Instant.Parsed(instant: instant, hasOffset: true),
          "seed \(seed)")
        var bytes = [UInt8](repeating: 0x22, count: Instant.largestTextCount + 8)
        let count = bytes.withUnsafeMutableBytes { instant.write(into: $0, zone: zone) }
        #expect(bytes[..<count].elementsEqual(text.utf8))
      }
    }
  }

  @Test("is written with the zone's offset, Z for UTC, milliseconds where there are any")
  func writes() throws {
    let shanghai = try #require(TimeZoneRules.fixed(offset: 8 * 3600))
    let instant = try instant("2026-03-02T01:00:00Z")
    #expect(instant.text(in: shanghai) == "2026-03-02T09:00:00+08:00")
    #expect(instant.text(in: .utc) == "2026-03-02T01:00:00Z")
    #expect(instant.advanced(byMilliseconds: 7).text(in: .utc) == "2026-03-02T01:00:00.007Z")
    let west = try #require(TimeZoneRules.fixed(offset: -12_600))
    #expect(instant.text(in: west) == "2026-03-01T21:30:00-03:30")
    let seconds = TimeZoneRules(identifier: "Local mean time", initialOffset: 29_143)
    #expect(instant.text(in: seconds) == "2026-03-02T09:05:00+08:05")
    #expect(Instant.earliest.text(in: west) == "0001-01-01T00:00:00Z")
    #expect(Instant.latest.text(in: shanghai) == "9999-12-31T23:59:59.999Z")
    #expect(Instant(milliseconds: .max).text(in: shanghai) == "9999-12-31T23:59:59.999Z")
    #expect(Instant(milliseconds: .min).text(in: .utc) == "0001-01-01T00:00:00Z")
  }

  @Test("is not written into a buffer that is too small")
  func smallBuffer() {
    var bytes = [UInt8](repeating: 0, count: Instant.largestTextCount - 1)
    let count = bytes.withUnsafeMutableBytes { Instant(milliseconds: 0).write(into: $0, zone: .utc) }
    #expect(count == 0)
    #expect(bytes.allSatisfy { $0 == 0 })
  }

  @Test("stops at the ends of its range instead of overflowing")
  func arithmetic() {
    let last = Instant(milliseconds: .max)
    let first = Instant(milliseconds: .min)
    #expect(last.advanced(byMilliseconds: 1) == last)
    #expect(first.advanced(byMilliseconds: -1) == first)
    #expect(last.milliseconds(since: first) == .max)
    #expect(first.milliseconds(since: last) == .min)
    #expect(
      Instant(milliseconds: 5).advanced(byMilliseconds: -7).milliseconds(since: Instant(milliseconds: 1))
        == -3)
  }
}
