import Glibc

/// What one reading did, for the line that it prints.
struct Tally {
  var tickets = 0
  var bytes = 0
  /// Of all bytes, so that all contestants read the same, and read all of it.
  var checksum: UInt64 = 0

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    tickets += 1
    self.bytes += bytes.count
    var word: UInt64 = 0
    if bytes.count >= 8 { word = bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self) }
    checksum = checksum &+ word &* UInt64(bytes.count)
  }
}

/// Runs `body`, and prints what it did and what it took.
@MainActor
func measure(_ body: @MainActor () async throws -> Tally) async throws {
  let clock = ContinuousClock()
  let start = clock.now
  let before = processorTime()
  let tally = try await body()
  let wall = (clock.now - start) / .seconds(1)
  let processor = processorTime() - before
  print(
    #"{"tickets":\#(tally.tickets),"bytes":\#(tally.bytes),"checksum":\#(tally.checksum),"wall":\#(wall),"#
      + #""processor":\#(processor),"peakBytes":\#(peakMemory())}"#)
}

private func processorTime() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
}

private func peakMemory() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1024
}
