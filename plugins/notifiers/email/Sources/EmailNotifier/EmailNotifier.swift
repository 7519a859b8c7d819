#if Curl
  import CurlTransfer
  public import PluginAPI

  /// Sends each delivery as one mail through an SMTP server.
  ///
  /// A key makes the same Message-ID every time, all mail about a ticket refers to one common ancestor, and a key that comes
  /// again among the last 4,096 is sent once.
  public actor EmailNotifier: Notifier {
    public static let description = PluginDescription(
      name: "email", version: "1.0.0", role: .notifier,
      summary: "one mail a delivery over SMTP, as text and HTML, threaded by ticket",
      settings: EmailSettings.keys)

    /// How long mail waits that the server does not want now, as with greylisting, in milliseconds.
    private static let pause: Int64 = 60_000

    private let limit: Duration
    private let now: @Sendable () -> Int64
    private var settings: EmailSettings?
    private var transfer: Transfer?
    private var keys = RecentKeys()

    /// - Parameter now: milliseconds since 1970-01-01T00:00:00Z.
    public init(now: @escaping @Sendable () -> Int64) { self.init(limit: DeliveryRound.limit, now: now) }

    /// - Parameter limit: how long a call of `deliver` may take.
    package init(limit: Duration, now: @escaping @Sendable () -> Int64) {
      self.limit = limit
      self.now = now
    }

    public func open(_ configuration: PluginConfiguration) throws(PluginError) {
      let settings = try EmailSettings(configuration)
      self.settings = settings
      transfer = Transfer(settings.options)
    }

    /// Connects, with STARTTLS and the login that belong to it, and sends nothing.
    public func check() async throws(PluginError) -> [PluginProblem] {
      let (settings, transfer) = try opened()
      do throws(PluginError) {
        try await transfer.connect(to: settings.server)
        return []
      } catch {
        let pointer = error.kind == .authorization ? "/password" : "/host"
        return [PluginProblem(error.message, pointer: pointer, hint: error.hint)]
      }
    }

    public func deliver(_ deliveries: [Delivery]) async throws(PluginError) -> [Receipt] {
      let (settings, transfer) = try opened()
      var round = DeliveryRound(timeoutMilliseconds: settings.options.timeoutMilliseconds, limit: limit)
      for delivery in deliveries where round.begins(delivery, isKnown: keys.contains(delivery.key)) {
        do throws(PluginError) {
          let status = try await send(delivery, settings, transfer)
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

    private func opened() throws(PluginError) -> (EmailSettings, Transfer) {
      guard let settings, let transfer else { throw PluginError(.internal, Wording.notOpen) }
      return (settings, transfer)
    }

    private func send(
      _ delivery: Delivery, _ settings: EmailSettings, _ transfer: Transfer
    ) async throws(PluginError) -> Receipt.Status {
      guard let recipients = settings.recipients(of: delivery) else {
        return .rejected(reason: Wording.noRecipient)
      }
      let message = MailMessage(delivery, to: recipients, settings: settings, now: now())
      let mail = MailSubmission(
        settings.server, sender: settings.sender.text, recipients: recipients.map(\.text),
        message: message.bytes)
      switch try await transfer.send(mail) {
      case .accepted: return .delivered
      case .putOff: return .retry(afterMilliseconds: Self.pause)
      }
    }
  }
#endif
