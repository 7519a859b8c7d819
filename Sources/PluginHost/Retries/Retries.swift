public import PluginAPI

/// How often what a plugin refused for now is tried again: the one policy for linked plugins and processes.
///
/// `rate-limited` and `transient` are tried again, nothing else is; a wait that the plugin asks for is kept to, up to a limit.
public struct Retries: Sendable {
  /// How often in all, at least 1.
  public var attempts = 5
  /// The first wait in milliseconds; each further one is twice as long.
  public var firstWait: Int64 = 500
  /// The longest wait, whatever the plugin asks for.
  public var longestWait: Int64 = 30_000
  public var timing: Timing

  public init(timing: Timing = .system) { self.timing = timing }

  /// Runs `body` until it succeeds, fails for good, or the attempts are used up.
  public func run<Answer>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws(PluginError) -> Answer
  ) async throws(PluginError) -> Answer {
    var attempt = 1
    while true {
      do throws(PluginError) { return try await body() } catch {
        guard error.kind == .transient || error.kind == .rateLimited, !Task.isCancelled else { throw error }
        if attempt >= attempts { throw used(attempt, error) }
        if (try? await timing.sleep(wait(attempt, error))) == nil { throw error }
        attempt += 1
      }
    }
  }

  /// How long to wait after attempt number `attempt`, in milliseconds.
  func wait(_ attempt: Int, _ error: PluginError) -> Int64 {
    let base = error.retryAfterMilliseconds ?? firstWait << Int64(min(attempt - 1, 16))
    return min(longestWait, max(0, base) + Int64(Double(max(0, base)) * 0.25 * timing.chance()))
  }

  private func used(_ attempts: Int, _ error: PluginError) -> PluginError {
    var error = error
    if attempts > 1 { error.message = Wording.attemptsUsed(attempts, error.message) }
    return error
  }
}
