#if Service
  import CommandOptions
  import Engine
  import ServiceLifecycle

  /// The engine's service as one of the program's, which a signal ends: what is under way is finished and recorded.
  struct WatchedService: ServiceLifecycle.Service {
    let service: Engine.Service

    func run() async throws {
      let failure: Failure? = await withGracefulShutdownHandler {
        do throws(StateError) {
          try await service.run()
          return nil
        } catch {
          return Failure(.failure, error.message, hint: error.hint)
        }
      } onGracefulShutdown: {
        service.stop()
      }
      if let failure { throw failure }
    }
  }
#endif
