#if PostgreSQL
  /// How long things last; tests have shorter ones.
  struct Limits: Sendable {
    /// One request that is not a reading.
    var request = Duration.seconds(30)
    /// Waiting for a lock that another transaction holds.
    var lock = Duration.seconds(10)
    /// A reading may stand still so long, at least.
    var standstill = Duration.seconds(600)
    /// Between two looks whether nobody wants to know of changes any more.
    var watch = Duration.milliseconds(250)
    /// Before a lost connection is made anew the first time; it doubles up to `longestPause`.
    var pause = Duration.milliseconds(100)
    var longestPause = Duration.seconds(30)
  }
#endif
