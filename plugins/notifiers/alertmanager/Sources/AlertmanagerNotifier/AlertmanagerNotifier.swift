#if Curl
  import CurlTransfer
  public import PluginAPI
  import PluginProtocol

  /// Posts deliveries as alerts to Prometheus Alertmanager, and takes them back when their cause is gone.
  ///
  /// A call is one post. It keeps nothing: which alerts a key has is asked of Alertmanager, so that taking back works after a
  /// restart too.
  public actor AlertmanagerNotifier: Notifier {
    public static let description = PluginDescription(
      name: "alertmanager", version: "1.0.0", role: .notifier,
      summary: "alerts for Prometheus Alertmanager, which groups, silences and routes them",
      settings: AlertmanagerSettings.keys)

    private let now: @Sendable () -> Int64
    private var settings: AlertmanagerSettings?
    private var transfer: Transfer?

    /// - Parameter now: milliseconds since 1970-01-01T00:00:00Z; Alertmanager compares with its own clock.
    public init(now: @escaping @Sendable () -> Int64) { self.now = now }

    public var capabilities: NotifierCapabilities { .resolve }

    public func open(_ configuration: PluginConfiguration) throws(PluginError) {
      let settings = try AlertmanagerSettings(configuration)
      self.settings = settings
      transfer = Transfer(settings.options)
    }

    /// Asks for the status.
    public func check() async throws(PluginError) -> [PluginProblem] {
      let api = try api()
      do throws(PluginError) {
        if try await api.get("status")["versionInfo"] != nil { return [] }
        return [PluginProblem(Wording.notAlertmanager, pointer: "/url")]
      } catch {
        let pointer = error.kind == .authorization ? api.credentialsPointer : "/url"
        return [PluginProblem(error.message, pointer: pointer, hint: error.hint)]
      }
    }

    public func deliver(_ deliveries: [Delivery]) async throws(PluginError) -> [Receipt] {
      let api = try api()
      if deliveries.isEmpty { return [] }
      do throws(PluginError) {
        try await api.post(deliveries.flatMap { Alert.alerts($0, api.settings, now: now()) })
        return deliveries.map { Receipt(key: $0.key, status: .delivered) }
      } catch {
        guard error.kind == .permanent else { throw error }
        if deliveries.count == 1 {
          return [Receipt(key: deliveries[0].key, status: .rejected(reason: error.message))]
        }
      }
      // One of them is refused; the good ones of a post are kept all the same, so to post them again does no harm.
      var receipts = [Receipt]()
      for delivery in deliveries { receipts += try await deliver([delivery]) }
      return receipts
    }

    public func resolve(_ keys: [String]) async throws(PluginError) -> [Receipt] {
      let api = try api()
      var alerts = [JSONValue]()
      for key in keys {
        let found = try await api.get("alerts", filter: (Alert.keyLabel, key)).list ?? []
        alerts += found.compactMap { Alert.resolved($0, now: now()) }
      }
      if !alerts.isEmpty { try await api.post(alerts) }
      return keys.map { Receipt(key: $0, status: .delivered) }
    }

    public func close() async {
      await transfer?.close()
      transfer = nil
      settings = nil
    }

    private func api() throws(PluginError) -> AlertmanagerAPI {
      guard let settings, let transfer else { throw PluginError(.internal, Wording.notOpen) }
      return AlertmanagerAPI(settings: settings, transfer: transfer)
    }
  }
#endif
