#if Curl
  import CurlTransfer
  import PluginAPI

  /// The notifier's settings, checked.
  struct EmailSettings: Sendable {
    static let keys = [
      "host", "port", "tls", "ca_file", "user", "password", "from", "from_name", "addresses", "default",
      "timeout",
    ]

    var server: WebAddress
    var options = TransferOptions()
    var sender: MailAddress
    var senderName: String
    /// The addresses behind each name that rules know.
    var addresses: [String: [MailAddress]]
    /// For names that have no addresses, and for deliveries without a recipient.
    var defaults: [MailAddress]

    init(_ configuration: PluginConfiguration) throws(PluginError) {
      try configuration.requireKnownKeys(Self.keys)
      let host = try configuration.required("host")
      let choice = try configuration.choice("tls", of: ["starttls", "implicit", "none"])
      let tls = choice ?? (WebAddress.isLoopback(host) ? "none" : "starttls")
      server = try Self.server(configuration, host: host, tls: tls)
      if tls == "starttls" { options.encryption = .startTLS }
      options.certificates = try configuration.text("ca_file")
      options.timeoutMilliseconds = (try configuration.integer("timeout", in: 1...25) ?? 10) * 1000
      options.credentials = try Self.credentials(configuration, isSafe: tls != "none" || server.isLoopback)
      sender = try configuration.requiredAddress("from")
      senderName = try configuration.text("from_name") ?? "Docket"
      addresses = try configuration.addresses()
      defaults = try configuration.addresses(in: "default")
      if addresses.isEmpty && defaults.isEmpty { throw configuration.wrong("default", Wording.nobody) }
    }

    /// Whom `delivery` is for; nil where nobody can be found.
    func recipients(of delivery: Delivery) -> [MailAddress]? {
      var recipients = [MailAddress]()
      for name in delivery.to.isEmpty ? [""] : delivery.to {
        let found = addresses[name] ?? defaults
        if found.isEmpty { return nil }
        for address in found where !recipients.contains(address) { recipients.append(address) }
      }
      return recipients
    }

    private static func server(
      _ configuration: PluginConfiguration, host: String, tls: String
    ) throws(PluginError) -> WebAddress {
      let usual = ["starttls": 587, "implicit": 465, "none": 25]
      let port = try configuration.integer("port", in: 1...65_535) ?? usual[tls] ?? 25
      let scheme = tls == "implicit" ? "smtps" : "smtp"
      // IPv6 numbers have brackets around them in an address (RFC 3986, section 3.2.2).
      let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
      let address = try? WebAddress("\(scheme)://\(name):\(port)", schemes: [scheme])
      guard let address, address.host.lowercased() == name.lowercased() else {
        throw configuration.wrong("host", Wording.notAHost)
      }
      return address
    }

    private static func credentials(
      _ configuration: PluginConfiguration, isSafe: Bool
    ) throws(PluginError) -> TransferOptions.Credentials? {
      let (user, password) = (try configuration.text("user"), try configuration.text("password"))
      guard let user, let password else {
        if user == nil && password == nil { return nil }
        throw configuration.wrong(user == nil ? "user" : "password", Wording.halfOfCredentials)
      }
      if !isSafe { throw configuration.wrong("tls", Wording.openPassword) }
      return .password(user: user, password: password)
    }
  }

  extension PluginConfiguration {
    fileprivate func required(_ key: String) throws(PluginError) -> String {
      guard let text = try text(key), !text.isEmpty else { throw wrong(key, Wording.missing) }
      return text
    }

    fileprivate func requiredAddress(_ key: String) throws(PluginError) -> MailAddress {
      guard let address = MailAddress(try required(key)) else { throw wrong(key, Wording.notAnAddress) }
      return address
    }

    /// The setting `key`: one address or a list of them.
    fileprivate func addresses(in key: String) throws(PluginError) -> [MailAddress] {
      var addresses = [MailAddress]()
      let isList = if case .list = values[key] { true } else { false }
      for (index, text) in try texts(key).enumerated() {
        guard let address = MailAddress(text) else {
          throw wrong(key, Wording.notAnAddress, item: isList ? index : nil)
        }
        addresses.append(address)
      }
      return addresses
    }

    /// The setting `addresses`: names, and one address or a list of them behind each.
    fileprivate func addresses() throws(PluginError) -> [String: [MailAddress]] {
      guard let value = values["addresses"] else { return [:] }
      guard case .object(let members) = value else { throw wrong("addresses", Wording.notNames) }
      var addresses = [String: [MailAddress]]()
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        let nested = PluginConfiguration(instance: instance, values: [name: value])
        do throws(PluginError) {
          addresses[name] = try nested.addresses(in: name)
        } catch {
          var error = error
          error.pointer = "/addresses" + (error.pointer ?? "")
          throw error
        }
        if addresses[name]?.isEmpty == true { throw wrong("addresses", Wording.nobodyBehind(name)) }
      }
      return addresses
    }
  }
#endif
