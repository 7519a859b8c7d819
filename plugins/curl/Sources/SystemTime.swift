#if Curl
  import Glibc

  /// The system's clock, in milliseconds since 1970-01-01T00:00:00Z. For programs alone: notifiers are handed a clock.
  @Sendable public func systemTime() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
#endif
