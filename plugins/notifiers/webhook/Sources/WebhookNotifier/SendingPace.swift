#if Curl
  /// How often a receiver may be posted to, counted here so that it need not punish us.
  struct SendingPace: Sendable {
    private let limit: Int
    private let window: Duration
    /// When the posts of the last window were sent, at most `limit` of them.
    private var times = [ContinuousClock.Instant]()

    /// - Parameter limit: how many posts a minute, at least 1.
    init(perMinute limit: Int, window: Duration = .seconds(60)) {
      self.limit = limit
      self.window = window
    }

    /// Counts a post, or answers how many milliseconds it must wait.
    mutating func begin(at now: ContinuousClock.Instant) -> Int64? {
      times.removeAll { now - $0 >= window }
      if times.count < limit {
        times.append(now)
        return nil
      }
      return Int64((window - (now - times[0])) / .milliseconds(1)) + 1
    }
  }
#endif
