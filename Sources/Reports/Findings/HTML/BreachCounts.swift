import WorkingTime

/// Breaches counted by what the charts show. Holds a bounded number of names and weeks, however many there are.
struct BreachCounts: Sendable {
  private(set) var total = 0
  private(set) var teams = NameCounts()
  private(set) var types = NameCounts()
  private(set) var weeks = WeekCounts()

  mutating func add(_ breach: ReportedFinding.Breach?) {
    total += 1
    teams.add(breach?.team)
    types.add(breach?.type)
    weeks.add(breach?.week)
  }
}

/// How often each name came up.
struct NameCounts: Sendable {
  private var counts: [String?: Int] = [:]
  /// Of names that came when there was no room for more.
  private var others = 0

  /// Names may be free text of tickets.
  private static let nameLimit = 10_000
  private static let lengthLimit = 200
  private static let barLimit = 20

  mutating func add(_ name: String?) {
    let name = name?.clipped(to: Self.lengthLimit)
    if counts[name] == nil, counts.count >= Self.nameLimit {
      others += 1
    } else {
      counts[name, default: 0] += 1
    }
  }

  /// The most frequent ones, and all others as one.
  func bars(unnamed: String, others label: String) -> [BarChart.Bar] {
    let sorted = counts.map {
      BarChart.Bar(label: $0.key ?? unnamed, count: $0.value, isNamed: $0.key != nil)
    }
    .sorted { ($1.count, $0.label) < ($0.count, $1.label) }
    let rest = sorted.dropFirst(Self.barLimit).reduce(others) { $0 + $1.count }
    let bars = Array(sorted.prefix(Self.barLimit))
    return rest == 0 ? bars : bars + [BarChart.Bar(label: label, count: rest, isNamed: false)]
  }
}

/// How often each of the latest weeks came up.
struct WeekCounts: Sendable {
  private var counts: [CivilDate: Int] = [:]
  /// Before the weeks that are kept.
  private var dropped = 0
  /// Without a week.
  private(set) var undated = 0

  static let weekLimit = 53

  /// - Parameter week: its Monday, such as `2026-10-12`.
  mutating func add(_ week: String?) {
    guard let day = week.flatMap({ CivilDate.parse($0) }) else {
      undated += 1
      return
    }
    counts[day.monday, default: 0] += 1
    if counts.count > 4 * Self.weekLimit { prune() }
  }

  /// The latest week never becomes earlier, so what is too early now stays so.
  private mutating func prune() {
    guard let first = firstShown else { return }
    dropped = earlier
    counts = counts.filter { $0.key >= first }
  }

  private var firstShown: CivilDate? {
    counts.keys.max()?.advanced(byDays: -7 * (Self.weekLimit - 1))
  }

  /// Before the first week that is shown.
  var earlier: Int {
    guard let first = firstShown else { return dropped }
    return counts.reduce(dropped) { $1.key < first ? $0 + $1.value : $0 }
  }

  /// At most 53 in order, up to the latest; those without any between are among them.
  var shown: [(week: CivilDate, count: Int)] {
    guard let bound = firstShown, let last = counts.keys.max(),
      let first = counts.keys.filter({ $0 >= bound }).min()
    else { return [] }
    return stride(from: first.days, through: last.days, by: 7).map {
      (CivilDate(days: $0), counts[CivilDate(days: $0)] ?? 0)
    }
  }
}

extension CivilDate {
  /// Of its week.
  fileprivate var monday: CivilDate { advanced(byDays: 1 - weekday.rawValue) }
}
