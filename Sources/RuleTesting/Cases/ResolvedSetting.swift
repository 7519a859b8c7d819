import Diagnostics
import LocatedYAML
import RuleEvaluator
import TicketModel
import WorkingTime

/// The settings that a test is made of, the base first: each adds to those before it.
struct ResolvedSetting {
  private let levels: [SettingDeclaration]

  /// - Parameter bases: by name. What is not there, or stands on itself, is reported.
  init(
    _ test: SettingDeclaration, in file: SettingDeclaration, bases: [String: BaseDeclaration],
    _ reader: NodeReader
  ) {
    var levels = [SettingDeclaration]()
    if let given = test.given ?? file.given {
      levels = Self.levels(of: given, bases, reader, visited: [])
    }
    self.levels = levels + [file, test]
  }

  private static func levels(
    of given: GivenDeclaration, _ bases: [String: BaseDeclaration], _ reader: NodeReader, visited: [String]
  ) -> [SettingDeclaration] {
    switch given {
    case .fields(let entries): return [SettingDeclaration(with: entries)]
    case .base(let name):
      guard let base = bases[name.value] else {
        reader.report(.unknown("a base", name, bases.keys.sorted()))
        return []
      }
      if visited.contains(name.value) {
        reader.report(.circularBase(name))
        return []
      }
      let below = base.setting.given.map {
        levels(of: $0, bases, reader, visited: visited + [name.value])
      }
      return (below ?? []) + [base.setting]
    }
  }

  var events: [EventDeclaration] { levels.flatMap(\.events) }
  var calendar: Located<String>? { levels.last { $0.calendar != nil }?.calendar }

  /// What was written, else the first event where that is an instant.
  var start: Located<String>? {
    if let start = levels.last(where: { $0.start != nil })?.start { return start }
    return events.first.flatMap { TestTime.isOffset($0.at.value) ? nil : $0.at }
  }

  /// The fields at the start.
  func fields(_ reading: FieldReading) -> FieldValues {
    var values = FieldValues()
    for level in levels {
      values.merge(reading.values(level.with))
      values.merge(reading.values(level.unchecked, isUnchecked: true))
    }
    return values
  }
}
