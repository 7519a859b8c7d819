import PluginProtocol

/// Which requests wait for an answer, and until when. One task watches over all of them: most are answered long before it wakes,
/// and a task and a timer for each would cost more than a page.
struct Vigil: Sendable {
  private struct Request {
    var method: WireMethod
    var start: Int64
    /// When it was made, or the plugin last told of progress.
    var lastSign: Int64
    var isExpired = false
  }

  /// A request whose time is over.
  struct Expired {
    var id: String
    var elapsed: Int64
  }

  private let deadlines: Deadlines
  private var requests: [String: Request] = [:]
  /// When the watching task wakes; nil while there is none.
  private var wake: Int64?

  init(_ deadlines: Deadlines) { self.deadlines = deadlines }

  /// True where nobody would wake in time for it.
  mutating func begin(_ id: String, _ method: WireMethod, now: Int64) -> Bool {
    let request = Request(method: method, start: now, lastSign: now)
    requests[id] = request
    let isEarly = wake.map { due(request) < $0 } ?? true
    if isEarly { wake = due(request) }
    return isEarly
  }

  mutating func end(_ id: String) { requests[id] = nil }

  /// Progress of one request, or of all where it names none.
  mutating func noteSign(_ id: String?, now: Int64) {
    if let id {
      requests[id]?.lastSign = now
    } else {
      for id in requests.keys { requests[id]?.lastSign = now }
    }
  }

  /// The requests whose time is over, each once, and when to look again: nil where nothing is left to wait for.
  mutating func look(now: Int64) -> (expired: [Expired], wake: Int64?) {
    var expired = [Expired]()
    for (id, request) in requests where !request.isExpired && now >= due(request) {
      requests[id]?.isExpired = true
      expired.append(Expired(id: id, elapsed: now - request.start))
    }
    wake = requests.values.filter { !$0.isExpired }.map(due).min()
    return (expired, wake)
  }

  private func due(_ request: Request) -> Int64 {
    min(request.start + deadlines.hard(request.method), request.lastSign + deadlines.idle(request.method))
  }
}
