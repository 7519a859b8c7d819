import ArgumentParser
import CommandOptions
import Reports
import RuleEvaluator
import WorkingTime

/// `docket calendar`: what a calendar makes of a duration, with the open hours that it used.
struct CalendarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar", abstract: "Add a duration to an instant on one of the rulebook's calendars.")

  @Argument(help: "The calendar's name.")
  var name: String

  @OptionGroup var ruleOptions: RuleOptions

  @Option(help: ArgumentHelp("The instant to start from.", valueName: "instant"))
  var from: String

  @Option(help: ArgumentHelp("The duration, such as '3 working days'.", valueName: "duration"))
  var add: String

  mutating func run() throws {
    let rulebook = try ruleOptions.load()
    guard let calendar = rulebook.calendars.first(where: { $0.name == name }) else {
      let names = rulebook.calendars.map(\.name).sorted().joined(separator: ", ")
      throw Failure(.usage, "there is no calendar '\(name)'", hint: "the calendars are \(names)")
    }
    let start = try Instant.read(from, option: "--from", calendar.zone)
    let target = try duration()
    guard let end = target.instant(after: start, calendar: calendar) else {
      throw Failure(.usage, "'\(name)' is not open that long after \(from)")
    }
    let arithmetic = CalendarArithmetic(calendar: calendar, from: start, to: end, target: target)
    try StandardOutput.write(arithmetic.text)
  }

  private func duration() throws(Failure) -> TargetDuration {
    do {
      return try TargetDuration(parsing: add)
    } catch {
      throw Failure(.usage, "--add: \(error.message)", hint: error.hint)
    }
  }
}
