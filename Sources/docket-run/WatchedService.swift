#if Service
  import CommandOptions
  import Engine
  import ServiceLifecycle

  /// The engine's service as one of the program's, which a signal ends: what is under way is finished and recorded. It begins
  /// behind the gate.
  struct WatchedService: ServiceLifecycle.Service {
    let service: Engine.Service
    let gate: Gate

    func run() async throws {
      let failure: Failure? = await withGracefulShutdownHandler {
        await gate.passed()
        do throws(StateError) {
          try await service.run()
          return nil
        } catch {
          return Failure(.failure, error.message, hint: error.hint)
        }
      } onGracefulShutdown: {
        service.stop()
        gate.open()
      }
      if let failure { throw failure }
    }
  }
#endif
