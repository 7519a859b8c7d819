import Glibc

/// What one reading did, for the line that it prints.
struct Tally {
  var tickets = 0
  var bytes = 0
  /// The same for all who read the same bytes, in whatever order.
  var checksum: UInt64 = 0

  mutating func add(_ ticket: UnsafeRawBufferPointer) {
    tickets += 1
    bytes += ticket.count
    let last = ticket.count - 8
    let word = last >= 0 ? ticket.loadUnaligned(fromByteOffset: last, as: UInt64.self) : 0
    checksum = checksum &+ word &* UInt64(ticket.count)
  }
}

/// Runs `body`, and prints what it did and what it took.
@MainActor
func measure(_ body: @MainActor () async throws -> Tally) async throws {
  let start = ContinuousClock.now
  let before = usage(RUSAGE_SELF).seconds
  let tally = try await body()
  let wall = (ContinuousClock.now - start) / .seconds(1)
  let own = usage(RUSAGE_SELF)
  let plugin = usage(RUSAGE_CHILDREN)
  print(
    #"{"tickets":\#(tally.tickets),"bytes":\#(tally.bytes),"checksum":\#(tally.checksum),"wall":\#(wall),"#
      + #""processor":\#(own.seconds - before),"peak":\#(own.peak),"pluginProcessor":\#(plugin.seconds),"#
      + #""pluginPeak":\#(plugin.peak)}"#)
}

/// CPU seconds, and the greatest resident set in bytes.
private func usage(_ who: __rusage_who) -> (seconds: Double, peak: Int) {
  var usage = rusage()
  getrusage(__rusage_who_t(who.rawValue), &usage)
  let times = [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1e6 }
  return (times[0] + times[1], usage.ru_maxrss << 10)
}
