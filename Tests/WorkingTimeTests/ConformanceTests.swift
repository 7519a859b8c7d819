import Foundation
import Testing

@testable import WorkingTime

/// Cases out of other projects that compute working time, read where they lie.
///
/// A case passes when Docket gives the expected value. One that does not must belong to a class of
/// differences below, each of which is a choice of the rule language; the known ones among them are asserted
/// by id, so that none is lost unnoticed.
@Suite("Cases of other projects")
struct ConformanceTests {
  /// Why Docket answers differently, in the words of the rule language.
  enum Difference: String {
    case elapsed = "elapsed, not wall clock: the 25-hour day has 25 hours"
    case zeroRolls = "zero length outside hours is the next opening"
    case reversed = "a reversed range is zero"
    case closing = "a target that ends exactly at closing is due at closing"
    case rolledForward = "a start outside hours rolls forward, and that day counts as the first"
    case offset = "the same offset into the working time, not the same time of day"
  }

  static let known: [String: Difference] = [
    "wt141": .elapsed, "wt158": .zeroRolls, "wt178": .reversed,
    "wd12": .rolledForward, "wd13": .rolledForward, "wd15": .rolledForward, "wd18": .zeroRolls,
    "sla02": .closing,
  ]

  @Test("Working time is added and measured as elsewhere", .enabled(if: ConformanceFiles.arePresent))
  func workingTime() throws {
    try check("worktime_cases.json", as: WorkingTimeCase.self)
  }

  @Test("Working days are added as elsewhere", .enabled(if: ConformanceFiles.arePresent))
  func workingDays() throws {
    try check("workday_cases.json", as: WorkingDayCase.self)
  }

  @Test("Response windows run as elsewhere", .enabled(if: ConformanceFiles.arePresent))
  func windows() throws {
    try check("sla_cases.json", as: WindowCase.self)
  }

  private func check<Case: ConformanceCase>(_ file: String, as type: Case.Type) throws {
    let cases = try JSONDecoder().decode([Case].self, from: ConformanceFiles.data(file))
    var differing: [String: Difference] = [:]
    var passed = 0
    for item in cases {
      let (actual, expected) = try (item.actual(), item.expected())
      if actual == expected {
        passed += 1
      } else if let difference = try item.difference(actual) {
        differing[item.id] = difference
        print("  \(item.id): expected \(expected), docket \(actual): \(difference.rawValue)")
      } else {
        Issue.record("\(item.id): expected \(expected), docket \(actual)")
      }
    }
    print("conformance working-time: \(passed) of \(cases.count) (\(file))")
    let ids = Set(cases.map(\.id))
    #expect(differing.filter { Self.known[$0.key] != nil } == Self.known.filter { ids.contains($0.key) })
    #expect(!cases.isEmpty)
  }
}

enum ConformanceFiles {
  static let folder: String = {
    let root = ProcessInfo.processInfo.environment["DOCKET_CONFORMANCE"] ?? "../shared/conformance"
    return root + "/working-time"
  }()
  static let arePresent: Bool = {
    let isPresent = FileManager.default.fileExists(atPath: folder)
    if !isPresent { print("conformance working-time: 0 of 0, skipped: no folder \(folder)") }
    return isPresent
  }()

  static func data(_ file: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file))
  }
}

protocol ConformanceCase: Decodable {
  var id: String { get }
  /// What Docket gives, as text; each answer that the case asks for.
  func actual() throws -> [String]
  func expected() throws -> [String]
  /// The class of differences that explains the answer, by what the case asks and not by its id; nil when
  /// none does.
  func difference(_ actual: [String]) throws -> ConformanceTests.Difference?
}

/// How all of the files describe a calendar.
struct ConformanceCalendar: Decodable {
  struct Hours: Decodable {
    var weekday: Int
    var interval: OpeningInterval

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      weekday = try container.decode(Int.self)
      let (start, end) = (try container.decode(String.self), try container.decode(String.self))
      interval = try OpeningInterval.parse(start + "-" + end)
    }
  }

  var timezone: String
  var weekly: [Hours]
  var holidays: [String]
  var breaks: [[String]]
  var overrides: [String: [[String]]]?

  func calendar() throws -> WorkingCalendar {
    let zone = try Zones.rules(timezone)
    var weeklyHours: [Weekday: [OpeningInterval]] = [:]
    for hours in weekly {
      weeklyHours[try #require(Weekday(rawValue: hours.weekday)), default: []].append(hours.interval)
    }
    let holidays = Set(try self.holidays.map(date))
    var special: [CivilDate: [OpeningInterval]] = [:]
    for (day, hours) in overrides ?? [:] {
      special[try date(day)] = try hours.map { try OpeningInterval.parse($0[0] + "-" + $0[1]) }
    }
    for pause in breaks {
      let day = try date(pause[0])
      let usual = special[day] ?? (holidays.contains(day) ? [] : weeklyHours[day.weekday] ?? [])
      special[day] = try subtract(OpeningInterval.parse(pause[1] + "-" + pause[2]), from: usual)
    }
    return try WorkingTimeTests.calendar(weeklyHours, in: zone, holidays: holidays, specialDays: special)
  }

  /// Docket has no breaks: a day with one is a special day whose hours leave it out.
  private func subtract(_ pause: OpeningInterval, from hours: [OpeningInterval]) -> [OpeningInterval] {
    hours.flatMap { hours in
      [
        OpeningInterval(hours.start, min(hours.end, pause.start)),
        OpeningInterval(max(hours.start, pause.end), hours.end),
      ].filter { $0.start < $0.end }
    }
  }
}

struct WorkingTimeCase: ConformanceCase {
  var id: String
  private var calendar: ConformanceCalendar
  private var op, start: String
  private var end: String?
  private var seconds: Int64
  private var wanted: String
  private var tags: [String]

  private enum Keys: String, CodingKey { case id, op, start, end, seconds, expected, tags }

  init(from decoder: any Decoder) throws {
    calendar = try ConformanceCalendar(from: decoder)
    let container = try decoder.container(keyedBy: Keys.self)
    id = try container.decode(String.self, forKey: .id)
    op = try container.decode(String.self, forKey: .op)
    start = try container.decode(String.self, forKey: .start)
    end = try container.decodeIfPresent(String.self, forKey: .end)
    seconds = try container.decode(Int64.self, forKey: .seconds)
    tags = try container.decodeIfPresent([String].self, forKey: .tags) ?? []
    wanted =
      op == "add"
      ? try container.decode(String.self, forKey: .expected)
      : String(try container.decode(Int64.self, forKey: .expected))
  }

  func actual() throws -> [String] {
    let calendar = try calendar.calendar()
    let from = try instant(start, in: calendar.zone)
    if let end {
      let to = try instant(end, in: calendar.zone)
      return [String(calendar.workingMilliseconds(from: from, to: to) / 1000)]
    }
    return [calendar.add(workingMilliseconds: seconds * 1000, to: from)?.text(in: .utc) ?? "never"]
  }

  func expected() throws -> [String] {
    if op == "between" { return [wanted] }
    return [try instant(wanted, in: Zones.rules(calendar.timezone)).text(in: .utc)]
  }

  func difference(_ actual: [String]) throws -> ConformanceTests.Difference? {
    if tags.contains("reversed-is-negative"), actual == ["0"] { return .reversed }
    if tags.contains("zero-add-is-identity"), seconds == 0 { return .zeroRolls }
    if tags.contains("divergent"), tags.contains("dst") { return .elapsed }
    return nil
  }
}

/// Mode `date` asks for the day; its starts become the middle of that day's hours, or its noon when it has
/// none, and the due instant its local date. Mode `same-time-then-snap` asks for an instant within hours:
/// where Docket is due at a closing, that is the next opening.
struct WorkingDayCase: ConformanceCase {
  var id: String
  private var calendar: ConformanceCalendar
  private var mode, start, wanted: String
  private var days: Int

  private enum Keys: String, CodingKey { case id, mode, start, days, expected }

  init(from decoder: any Decoder) throws {
    calendar = try ConformanceCalendar(from: decoder)
    let container = try decoder.container(keyedBy: Keys.self)
    id = try container.decode(String.self, forKey: .id)
    mode = try container.decode(String.self, forKey: .mode)
    start = try container.decode(String.self, forKey: .start)
    days = try container.decode(Int.self, forKey: .days)
    wanted = try container.decode(String.self, forKey: .expected)
  }

  func actual() throws -> [String] {
    let calendar = try calendar.calendar()
    let due = calendar.add(workingDays: days, to: try begin(calendar))
    if mode == "date" { return [due.map { calendar.zone.date(at: $0).text } ?? "never"] }
    let snapped = days < 0 ? due.flatMap(snapBack(calendar)) : due.flatMap(calendar.nextOpening)
    return [snapped?.text(in: .utc) ?? "never"]
  }

  func expected() throws -> [String] {
    if mode == "date" { return [wanted] }
    return [try instant(wanted, in: Zones.rules(calendar.timezone)).text(in: .utc)]
  }

  func difference(_ actual: [String]) throws -> ConformanceTests.Difference? {
    let calendar = try calendar.calendar()
    let begin = try begin(calendar)
    let isOutside = !calendar.isOpen(at: begin)
    if days == 0 { return isOutside ? .zeroRolls : nil }
    if isOutside { return mode == "date" ? .rolledForward : nil }
    let target =
      try mode == "date" ? date(wanted) : calendar.zone.date(at: instant(wanted, in: calendar.zone))
    return try opening(calendar, on: target) != opening(calendar, on: calendar.zone.date(at: begin))
      ? .offset : nil
  }

  private func begin(_ calendar: WorkingCalendar) throws -> Instant {
    guard mode == "date" else { return try instant(start, in: calendar.zone) }
    let day = try date(start)
    let midnight = calendar.zone.instant(of: day, at: .midnight)
    let next = calendar.zone.instant(of: day.advanced(byDays: 1), at: .midnight)
    let open = calendar.workingMilliseconds(from: midnight, to: next)
    guard open > 0 else { return midnight.advanced(byMilliseconds: .hours(12)) }
    return try #require(calendar.add(workingMilliseconds: open / 2, to: midnight))
  }

  /// Within hours, seen backwards: an opening is the closing before it.
  private func snapBack(_ calendar: WorkingCalendar) -> (Instant) -> Instant? {
    { calendar.previousClosing(from: $0) }
  }

  private func opening(_ calendar: WorkingCalendar, on day: CivilDate) throws -> Int32? {
    let midnight = calendar.zone.instant(of: day, at: .midnight)
    return calendar.nextOpening(from: midnight).map { calendar.zone.local(at: $0).time.seconds }
  }
}

struct WindowCase: ConformanceCase {
  private struct Event: Decodable {
    var at, state: String
  }

  var id: String
  private var calendar: ConformanceCalendar
  private var created: String
  private var targets: [String: Int64]
  private var events: [Event]
  private var facts: [String: String]

  private enum Keys: String, CodingKey { case id, created, target_seconds, events, facts }
  private enum Fact: Decodable {
    case text(String)
    case number(Int)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  init(from decoder: any Decoder) throws {
    calendar = try ConformanceCalendar(from: decoder)
    let container = try decoder.container(keyedBy: Keys.self)
    id = try container.decode(String.self, forKey: .id)
    created = try container.decode(String.self, forKey: .created)
    targets = try container.decode([String: Int64].self, forKey: .target_seconds)
    events = try container.decode([Event].self, forKey: .events)
    facts = try container.decode([String: Fact].self, forKey: .facts).mapValues {
      switch $0 {
      case .text(let text): text
      case .number(let number): String(number)
      }
    }
  }

  func expected() throws -> [String] {
    try facts.sorted { $0.key < $1.key }.map { "\($0.key) \(try normal($0.value))" }
  }

  private func normal(_ value: String) throws -> String {
    Int(value) == nil ? try instant(value).text(in: .utc) : value
  }

  func actual() throws -> [String] {
    try facts.keys.sorted().map { "\($0) \(try fact($0))" }
  }

  /// `first_response_at` is given, not asked for: that window stops there.
  private func fact(_ name: String) throws -> String {
    if name.hasSuffix("_at") { return facts[name].map { (try? normal($0)) ?? $0 } ?? "" }
    let window = try #require(targets.keys.first { name.contains($0) })
    let reading = try reading(of: window)
    if name.hasPrefix("due_") { return reading.dueAt?.text(in: .utc) ?? "none" }
    let milliseconds = name.contains("margin") ? try #require(reading.remaining) : reading.elapsed
    return String(milliseconds / 60_000)
  }

  private func reading(of window: String) throws -> ResponseClock.Reading {
    let calendar = try calendar.calendar()
    let target = TargetDuration.working(milliseconds: try #require(targets[window]) * 1000)
    var clock = try #require(ResponseClock(target: target, calendar: calendar))
    let stop = try facts[window + "_at"].map { try instant($0) }
    var steps = [(transition: Transition.start, at: try instant(created))]
    var isStopped = false
    for event in events {
      let at = try instant(event.at)
      switch event.state {
      case "paused": steps.append((.pause, at))
      case "stopped":
        steps.append((.stop, at))
        isStopped = true
      default:
        steps.append((.resume, at))
        if isStopped { steps.append((.reopen(.resume), at)) }
        isStopped = false
      }
    }
    if let stop { steps.append((.stop, stop)) }
    // A pause at the creation holds before the start.
    for step in steps.enumerated().sorted(by: { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }) {
      clock.apply(step.element.transition, at: step.element.at)
    }
    return clock.reading(at: try #require(steps.map(\.at).max()))
  }

  func difference(_ actual: [String]) throws -> ConformanceTests.Difference? {
    let calendar = try calendar.calendar()
    // Docket is due at a closing, the other at the opening after it.
    let isNextOpening = try zip(actual, expected()).allSatisfy { ours, theirs in
      guard ours != theirs else { return true }
      guard ours.hasPrefix("due_"),
        let due = Instant.parse(String(ours.split(separator: " ")[1]), localZone: .utc)
      else { return false }
      return theirs.hasSuffix(calendar.nextOpening(from: due)?.text(in: .utc) ?? "never")
    }
    return isNextOpening ? .closing : nil
  }
}
