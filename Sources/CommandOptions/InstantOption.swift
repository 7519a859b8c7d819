package import ArgumentParser
import Glibc
import RuleEvaluator
package import WorkingTime

/// The instant at which tickets are judged.
package struct InstantOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Judge as of this instant, such as 2026-10-12T10:00:00+08:00; without offset in the rulebook's zone.",
      valueName: "instant"))
  package var asOf: String?

  package init() {}

  /// The instant that was asked for, or the clock's.
  package func instant(in zone: TimeZoneRules) throws(Failure) -> Instant {
    guard let asOf else { return .now }
    return try Instant.read(asOf, option: "--as-of", zone)
  }
}

extension Instant {
  /// The clock's instant. The only clock that Docket reads.
  package static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  package static func read(_ text: String, option: String, _ zone: TimeZoneRules) throws(Failure) -> Instant {
    if let instant = Instant.parse(text, localZone: zone) { return instant }
    throw Failure(
      .usage, "\(option) '\(text)' is not an instant",
      hint: "write it as 2026-10-12T10:00:00+08:00 or 2026-10-12T10:00")
  }
}
