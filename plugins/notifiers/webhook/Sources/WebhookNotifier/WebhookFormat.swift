#if Curl
  import CurlTransfer
  import PluginAPI
  import PluginProtocol

  /// How one kind of receiver is spoken to: what a delivery looks like there, and what the receiver's answers mean.
  protocol WebhookFormat: Sendable {
    /// The body to post.
    func body(_ delivery: Delivery, _ seal: Seal) -> [UInt8]

    /// The address to post to; `base` unless the receiver wants a signature in it.
    func address(_ base: WebAddress, _ seal: Seal) -> WebAddress

    /// Headers of the format's own, besides those that every post has.
    func headers(_ delivery: Delivery, _ body: [UInt8], _ seal: Seal) -> [(name: String, value: String)]

    /// What a receiver says in the body of its answer; throws where it says no.
    /// - Parameter isSuccess: whether the answer's status is a success, which robots say to what they refuse, too.
    func read(_ answer: JSONValue?, isSuccess: Bool) throws(PluginError)

    /// How many posts the receiver takes in a minute, where it punishes more; nil where it does not.
    var postsPerMinute: Int? { get }

    /// Whether the address stands for one chat, so that an address which is gone is a setting to mend.
    var isChat: Bool { get }

    /// Whether a signing secret means something here.
    var takesSecret: Bool { get }
  }

  extension WebhookFormat {
    func address(_ base: WebAddress, _ seal: Seal) -> WebAddress { base }

    func headers(_ delivery: Delivery, _ body: [UInt8], _ seal: Seal) -> [(name: String, value: String)] {
      []
    }

    func read(_ answer: JSONValue?, isSuccess: Bool) throws(PluginError) {}

    var postsPerMinute: Int? { nil }
    var isChat: Bool { true }
    var takesSecret: Bool { false }
  }

  /// What signatures are made of.
  struct Seal: Sendable {
    var secret: SigningSecret?
    /// Milliseconds since 1970-01-01T00:00:00Z.
    var now: Int64
  }
#endif
