import CommandOptions
import ArgumentParser
import CommandOptions
import WorkingTime

/// The instant up to which a command looks ahead.
struct EndOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Look ahead to this instant, such as 2026-10-12T18:00:00+08:00; without offset in the rulebook's zone.",
      valueName: "instant"))
  var until: String

  /// The instant that was asked for, which must come after the one from which is looked ahead.
  func instant(after now: Instant, in zone: TimeZoneRules) throws(Failure) -> Instant {
    let end = try Instant.read(until, option: "--until", zone)
    if end > now { return end }
    throw Failure(
      .usage, "--until \(end.text(in: zone)) is not after \(now.text(in: zone))",
      hint: "name a later instant, or an earlier one with --as-of")
  }
}
