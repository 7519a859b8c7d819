import RuleEvaluator
import WorkingTime

extension TargetDuration {
  /// One unit more and one fewer: of the largest unit that the duration is a multiple of.
  var neighbours: [TargetDuration] {
    switch self {
    case .elapsed(let count): Self.neighbours(of: count).map { .elapsed(milliseconds: $0) }
    case .working(let count): Self.neighbours(of: count).map { .working(milliseconds: $0) }
    case .workingDays(let count): [count + 1, count - 1].filter { $0 > 0 }.map { .workingDays($0) }
    case .endOfNextWorkingDay: [.workingDays(1)]
    }
  }

  private static func neighbours(of milliseconds: Int64) -> [Int64] {
    let units: [Int64] = [86_400_000, 3_600_000, 60_000, 1000]
    let unit = units.first { milliseconds % $0 == 0 } ?? 1
    return [milliseconds + unit, milliseconds - unit].filter { $0 > 0 }
  }
}

extension NoticeLevel {
  /// A level that is near, as a slip of the pen would have it.
  var neighbour: NoticeLevel {
    switch self {
    case .percentage(let percent): .percentage(percent > 90 ? percent - 10 : percent + 10)
    case .due: .after(.elapsed(milliseconds: 3_600_000))
    case .before(let duration): .before(duration.neighbours.first ?? duration)
    case .after(let duration): .after(duration.neighbours.first ?? duration)
    }
  }
}

extension OutputValue {
  /// The values that a slip of the pen would make of it; `choices` are the keys of the output's type.
  func neighbours(_ choices: [String]) -> [OutputValue] {
    switch self {
    case .boolean(let value): [.boolean(!value)]
    case .integer(let value): [.integer(value == .max ? value - 1 : value + 1)]
    case .number(let value): [.number(value + 1)]
    case .instant(let value): [.instant(value.advanced(byMilliseconds: 3_600_000))]
    case .date(let value): [.date(value.advanced(byDays: 1))]
    case .choice(let index, _):
      [index + 1 < choices.count ? index + 1 : index - 1].filter { choices.indices.contains($0) }
        .map { .choice($0, key: choices[$0]) }
    case .duration(let duration): duration.neighbours.map { .duration($0) }
    case .text: [.absent]
    case .absent: []
    }
  }
}
