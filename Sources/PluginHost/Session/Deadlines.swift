import PluginProtocol

/// How long a plugin may take, in milliseconds.
public struct Deadlines: Hashable, Sendable {
  public var initialize: Int64 = 10_000
  /// `store/list` without a word of progress.
  public var listIdle: Int64 = 60_000
  public var list: Int64 = 600_000
  /// Everything else that works with the outside world.
  public var request: Int64 = 30_000
  /// Between `$/cancel` and the end of patience.
  public var cancellation: Int64 = 2_000
  /// Each step of the end: after `shutdown` and the end of stdin, after SIGTERM.
  public var shutdown: Int64 = 5_000

  public init() {}

  func hard(_ method: WireMethod) -> Int64 {
    switch method {
    case .initialize: initialize
    case .list: list
    case .shutdown, .ping: shutdown
    default: request
    }
  }

  func idle(_ method: WireMethod) -> Int64 { method == .list ? listIdle : hard(method) }
}
