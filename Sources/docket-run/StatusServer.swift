#if Service
  import CommandOptions
  import Glibc
  import Hummingbird
  import Logging
  import NIOCore
  import ServiceLifecycle
  import Synchronization

  /// Serves the pages at an address, and opens the gate once it listens there: what cannot be watched does not begin.
  final class StatusServer: ServiceLifecycle.Service {
    private let pages: StatusPages
    private let address: ListenAddress
    private let log: Logger
    private let gate: Gate
    private let listens = Mutex(false)

    init(_ pages: StatusPages, at address: ListenAddress, log: Logger, opening gate: Gate) {
      self.pages = pages
      self.address = address
      self.log = log
      self.gate = gate
    }

    func run() async throws {
      let application = pages.application(at: address, log: log) {
        self.listens.withLock { $0 = true }
        self.gate.open()
      }
      do {
        try await application.run()
      } catch {
        if listens.withLock({ $0 }) { throw error }
        throw address.failure(to: error)
      }
    }
  }

  extension ListenAddress {
    /// Why nobody can listen there, and what to do instead.
    fileprivate func failure(to error: any Error) -> Failure {
      let otherwise = "give another address with --listen"
      switch (error as? IOError)?.errnoCode {
      case EADDRINUSE:
        return Failure(
          .usage, "\(text) is in use by another program", hint: "stop it, or \(otherwise)")
      case EADDRNOTAVAIL:
        return Failure(
          .usage, "\(text) is no address of this machine",
          hint: "\(otherwise), such as 127.0.0.1:\(port), or 0.0.0.0:\(port) for all of its addresses")
      case EACCES:
        return Failure(
          .usage, "the port of \(text) is not for everybody", hint: "\(otherwise), with a port from 1024 on")
      default: break
      }
      if error is SocketAddressError.UnknownHost {
        return Failure(
          .usage, "the host of \(text) is not known",
          hint: "see whether it is spelled right, or \(otherwise), such as 127.0.0.1:\(port)")
      }
      return Failure(.usage, "nobody can listen at \(text): \(error)", hint: otherwise)
    }
  }
#endif
