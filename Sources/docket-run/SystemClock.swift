#if Service
  import CommandOptions
  import Engine
  import WorkingTime

  /// The machine's clock.
  struct SystemClock: ServiceClock {
    func now() -> Instant { .now }

    func wait(milliseconds: Int64) async {
      try? await Task.sleep(for: .milliseconds(max(0, milliseconds)))
    }
  }
#endif
