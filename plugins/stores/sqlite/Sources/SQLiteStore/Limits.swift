#if SQLite
  /// How long things last; tests have shorter ones.
  struct Limits: Sendable {
    /// One transaction of a reading.
    var moment = Duration.seconds(300)
    /// Waiting for a lock that another program holds.
    var lockWait = Duration.seconds(5)
    /// Between two looks for changes.
    var watch = Duration.milliseconds(500)
  }
#endif
