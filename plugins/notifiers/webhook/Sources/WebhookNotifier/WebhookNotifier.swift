#if Curl
  import CurlTransfer
  public import PluginAPI
  import PluginProtocol

  /// Posts each delivery as JSON to one address: as it is, or in the form that a chat wants.
  ///
  /// The header `Idempotency-Key` is the delivery's key, and a key that comes again among the last 4,096 is posted once.
  public actor WebhookNotifier: Notifier {
    public static let description = PluginDescription(
      name: "webhook", version: "1.0.0", role: .notifier,
      summary: "a JSON post a delivery, signed, also for Slack, Teams, DingTalk, Feishu and WeCom",
      settings: WebhookSettings.keys)

    private let limit: Duration
    private let now: @Sendable () -> Int64
    private var settings: WebhookSettings?
    private var transfer: Transfer?
    private var pace: SendingPace?
    private var keys = RecentKeys()

    /// - Parameter now: milliseconds since 1970-01-01T00:00:00Z.
    public init(now: @escaping @Sendable () -> Int64) { self.init(limit: DeliveryRound.limit, now: now) }

    /// - Parameter limit: how long a call of `deliver` may take.
    package init(limit: Duration, now: @escaping @Sendable () -> Int64) {
      self.limit = limit
      self.now = now
    }

    public func open(_ configuration: PluginConfiguration) throws(PluginError) {
      let settings = try WebhookSettings(configuration)
      self.settings = settings
      transfer = Transfer(settings.options)
      pace = settings.format.postsPerMinute.map { SendingPace(perMinute: $0) }
    }

    /// Connects, with TLS where the address asks for it, and posts nothing.
    public func check() async throws(PluginError) -> [PluginProblem] {
      let (settings, transfer) = try opened()
      var problems = [PluginProblem]()
      if settings.isOpen { problems.append(PluginProblem(Wording.openToken, pointer: "/url")) }
      do throws(PluginError) {
        try await transfer.connect(to: settings.address)
      } catch {
        problems.append(PluginProblem(error.message, pointer: "/url", hint: error.hint))
      }
      return problems
    }

    public func deliver(_ deliveries: [Delivery]) async throws(PluginError) -> [Receipt] {
      let (settings, transfer) = try opened()
      var round = DeliveryRound(timeoutMilliseconds: settings.options.timeoutMilliseconds, limit: limit)
      for delivery in deliveries where round.begins(delivery, isKnown: keys.contains(delivery.key)) {
        do throws(PluginError) {
          try keepPace(settings)
          let status = try await post(delivery, settings, transfer)
          round.record(status, of: delivery)
          if status == .delivered { keys.insert(delivery.key) }
        } catch {
          try round.record(error, of: delivery)
        }
      }
      return round.receipts
    }

    public func close() async {
      await transfer?.close()
      transfer = nil
      settings = nil
    }

    private func opened() throws(PluginError) -> (WebhookSettings, Transfer) {
      guard let settings, let transfer else { throw PluginError(.internal, Wording.notOpen) }
      return (settings, transfer)
    }

    private func keepPace(_ settings: WebhookSettings) throws(PluginError) {
      guard let wait = pace?.begin(at: .now), let limit = settings.format.postsPerMinute else { return }
      throw PluginError(.rateLimited, Wording.paced(limit), retryAfterMilliseconds: wait)
    }

    private func post(
      _ delivery: Delivery, _ settings: WebhookSettings, _ transfer: Transfer
    ) async throws(PluginError) -> Receipt.Status {
      let seal = Seal(secret: settings.secret, now: now())
      let body = settings.format.body(delivery, seal)
      let own = [
        ("Content-Type", "application/json; charset=utf-8"),
        ("Idempotency-Key", HeaderKey.text(delivery.key)),
      ]
      let request = HTTPRequest(
        .post, settings.format.address(settings.address, seal),
        headers: own + settings.format.headers(delivery, body, seal) + settings.headers, body: body)
      let response = try await transfer.send(request)
      return try PostOutcome(response, settings).status()
    }
  }
#endif
