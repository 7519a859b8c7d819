#if Curl
  public import PluginAPI

  /// One call of `deliver`: one attempt a delivery, in order, until the channel or the time gives out.
  ///
  /// What is left then is put off without an attempt: a server that does not answer, or says that it has had enough, says so
  /// to the next one too, and waiting for each would outlast the engine's deadline of 30 seconds.
  public struct DeliveryRound {
    /// How long a channel that does not answer is left alone, where it does not say so itself, in milliseconds.
    public static let defaultPause: Int64 = 5_000
    /// So many refusals for the moment, one after the other, are the channel's, not the deliveries'.
    static let refusalLimit = 3
    /// How long a call may take: a little less than the engine's deadline.
    public static let limit = Duration.seconds(28)

    public private(set) var receipts = [Receipt]()
    private let end: ContinuousClock.Instant
    private var channelPause: Int64?
    private var refusalsInARow = 0

    /// - Parameter timeoutMilliseconds: how long one attempt may take; none begins that could last longer than `limit`.
    public init(timeoutMilliseconds: Int, limit: Duration = Self.limit) {
      end = ContinuousClock.now + limit - .milliseconds(timeoutMilliseconds)
    }

    /// Whether `delivery` must be attempted; where not, its receipt is written here.
    /// - Parameter isKnown: whether it was delivered before.
    public mutating func begins(_ delivery: Delivery, isKnown: Bool) -> Bool {
      if isKnown {
        receipts.append(Receipt(key: delivery.key, status: .delivered))
        return false
      }
      let pause = channelPause ?? (ContinuousClock.now >= end ? 0 : nil)
      guard let pause else { return true }
      receipts.append(Receipt(key: delivery.key, status: .retry(afterMilliseconds: pause)))
      return false
    }

    /// Notes what became of an attempt.
    public mutating func record(_ status: Receipt.Status, of delivery: Delivery) {
      receipts.append(Receipt(key: delivery.key, status: status))
      guard case .retry(let pause) = status else {
        refusalsInARow = 0
        return
      }
      refusalsInARow += 1
      if refusalsInARow >= Self.refusalLimit { channelPause = pause }
    }

    /// Notes that the channel failed, and puts off what is left; a refusal for good concerns this delivery alone.
    ///
    /// Throws `error` where the user must know of it: for settings and credentials, and where nothing came before it that a
    /// receipt would speak of.
    public mutating func record(_ error: PluginError, of delivery: Delivery) throws(PluginError) {
      switch error.kind {
      case .permanent: record(.rejected(reason: error.message), of: delivery)
      case .transient, .rateLimited:
        if receipts.isEmpty { throw error }
        let pause = error.retryAfterMilliseconds ?? Self.defaultPause
        channelPause = pause
        record(.retry(afterMilliseconds: pause), of: delivery)
      case .configuration, .authorization, .internal: throw error
      }
    }
  }
#endif
