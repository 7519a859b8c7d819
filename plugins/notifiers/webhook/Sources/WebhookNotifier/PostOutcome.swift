#if Curl
  import CurlTransfer
  import PluginAPI
  import PluginProtocol

  /// What an answer means for the delivery that it answers.
  struct PostOutcome {
    /// How long a delivery waits that a server failed at without a word about time, in milliseconds.
    private static let pause: Int64 = 10_000

    private let response: HTTPResponse
    private let settings: WebhookSettings

    init(_ response: HTTPResponse, _ settings: WebhookSettings) {
      self.response = response
      self.settings = settings
    }

    /// Throws what concerns the receiver as a whole, and what refuses this delivery for good as `.permanent`.
    func status() throws(PluginError) -> Receipt.Status {
      let message = Wording.status(settings.address.host, response.status)
      switch response.status {
      case 200..<300:
        try read()
        return .delivered
      case 300..<400:
        throw PluginError(
          .configuration, Wording.redirected(settings.address.host, response.status), pointer: "/url")
      case 401, 403, 407: throw PluginError(.authorization, message + word)
      case 404, 410:
        if settings.format.isChat {
          throw PluginError(.configuration, message + word, pointer: "/secret_url")
        }
        throw PluginError(.permanent, message)
      case 429:
        throw PluginError(.rateLimited, message, retryAfterMilliseconds: response.retryAfterMilliseconds)
      case 503:
        throw PluginError(.transient, message, retryAfterMilliseconds: response.retryAfterMilliseconds)
      case 408, 425, 500...:
        return .retry(afterMilliseconds: response.retryAfterMilliseconds ?? Self.pause)
      default:
        try read()
        throw PluginError(.permanent, message + word)
      }
    }

    private func read() throws(PluginError) {
      let answer = try? JSONValue(reading: response.body)
      try settings.format.read(answer, isSuccess: 200..<300 ~= response.status)
    }

    /// The word by which Slack says why, such as `no_service`; nothing that could quote a person.
    private var word: String {
      let isWord =
        (1...60).contains(response.body.count)
        && response.body.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
      return isWord && settings.format.isChat ? ": \(String(decoding: response.body, as: UTF8.self))" : ""
    }
  }
#endif
