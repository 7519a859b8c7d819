#if Service
  /// Holds back who waits at it until it is opened, for good.
  struct Gate: Sendable {
    private let waiting: AsyncStream<Void>
    private let opening: AsyncStream<Void>.Continuation

    init() { (waiting, opening) = AsyncStream.makeStream(of: Void.self) }

    func open() { opening.finish() }

    func passed() async { for await _ in waiting {} }
  }
#endif
