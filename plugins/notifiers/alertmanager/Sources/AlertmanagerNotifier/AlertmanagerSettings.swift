#if Curl
  import CurlTransfer
  import PluginAPI

  /// The notifier's settings, checked.
  struct AlertmanagerSettings: Sendable {
    static let keys = [
      "url", "user", "password", "token", "labels", "generator_url", "expires_after_hours", "timeout",
      "ca_file",
    ]

    /// Where the API begins, without a path of it.
    var address: WebAddress
    var options = TransferOptions()
    /// Labels that every alert has.
    var labels: [String: String]
    var generator: AddressTemplate?
    /// How long an alert that nobody takes back stays, in milliseconds.
    var lifetime: Int64

    init(_ configuration: PluginConfiguration) throws(PluginError) {
      try configuration.requireKnownKeys(Self.keys)
      address = try configuration.address()
      options.credentials = try configuration.credentials()
      options.timeoutMilliseconds = (try configuration.integer("timeout", in: 1...25) ?? 10) * 1000
      options.certificates = try configuration.text("ca_file")
      labels = try configuration.labels()
      generator = try configuration.generator()
      lifetime = Int64(try configuration.integer("expires_after_hours", in: 1...8_760) ?? 24) * 3_600_000
    }
  }

  extension PluginConfiguration {
    fileprivate func address() throws(PluginError) -> WebAddress {
      guard let text = try text("url"), !text.isEmpty else { throw wrong("url", Wording.noAddress) }
      do throws(WebAddress.Problem) { return try WebAddress(text, schemes: ["http", "https"]) } catch {
        throw wrong("url", Wording.badAddress(error.message))
      }
    }

    fileprivate func credentials() throws(PluginError) -> TransferOptions.Credentials? {
      let (user, password, token) = (try text("user"), try text("password"), try text("token"))
      if let token {
        if user != nil || password != nil { throw wrong("token", Wording.tokenAndPassword) }
        return .bearer(token)
      }
      if user == nil, password == nil { return nil }
      guard let user, let password else {
        throw wrong(user == nil ? "user" : "password", Wording.halfOfCredentials)
      }
      return .password(user: user, password: password)
    }

    fileprivate func labels() throws(PluginError) -> [String: String] {
      guard let value = values["labels"] else { return [:] }
      guard case .object(let members) = value else { throw wrong("labels", Wording.notLabels) }
      var labels = [String: String]()
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        guard case .text(let text) = value else { throw wrong("labels", Wording.notLabels) }
        if Alert.ownLabels.contains(name) { throw wrong("labels", Wording.ownLabel(name)) }
        if !name.isLabelName { throw wrong("labels", Wording.badLabel(name)) }
        labels[name] = text
      }
      return labels
    }

    fileprivate func generator() throws(PluginError) -> AddressTemplate? {
      guard let text = try text("generator_url") else { return nil }
      do throws(AddressTemplate.Problem) { return try AddressTemplate(text) } catch {
        throw wrong("generator_url", error.message, hint: error.hint)
      }
    }
  }

  extension String {
    /// `[a-zA-Z_][a-zA-Z0-9_]*` (https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels).
    fileprivate var isLabelName: Bool {
      let isLetter: (UInt8) -> Bool = {
        (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
      }
      return utf8.first.map(isLetter) == true
        && utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
    }
  }
#endif
