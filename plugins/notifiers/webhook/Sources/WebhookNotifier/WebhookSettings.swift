#if Curl
  import CurlTransfer
  import PluginAPI

  /// The notifier's settings, checked.
  struct WebhookSettings: Sendable {
    static let keys = [
      "url", "secret_url", "template", "secret", "token", "headers", "timeout", "follow_redirects", "ca_file",
      "proxy",
    ]

    /// Headers that belong to the notifier or to HTTP.
    private static let reserved: Set<String> = [
      "authorization", "connection", "content-length", "content-type", "expect", "host", "idempotency-key",
      "transfer-encoding", "webhook-id", "webhook-signature", "webhook-timestamp",
    ]

    var format: any WebhookFormat
    var address: WebAddress
    var secret: SigningSecret?
    var headers: [(name: String, value: String)]
    var options = TransferOptions()
    /// Whether what is posted can be read on the way, with a key in it.
    var isOpen: Bool

    init(_ configuration: PluginConfiguration) throws(PluginError) {
      try configuration.requireKnownKeys(Self.keys)
      format = try configuration.format()
      address = try configuration.address(isChat: format.isChat)
      secret = try configuration.secret(format)
      headers = try configuration.headers(reserved: Self.reserved)
      let token = try configuration.text("token")
      options.credentials = token.map { .bearer($0) }
      options.timeoutMilliseconds = (try configuration.integer("timeout", in: 1...25) ?? 10) * 1000
      options.followsRedirects = try configuration.boolean("follow_redirects") ?? false
      options.certificates = try configuration.text("ca_file")
      options.proxy = try configuration.text("proxy")
      isOpen = address.scheme == "http" && !address.isLoopback
    }
  }

  extension PluginConfiguration {
    private static let formats: [String: any WebhookFormat] = [
      "generic": GenericFormat(), "slack": SlackFormat(), "teams": TeamsFormat(),
      "dingtalk": DingTalkFormat(),
      "feishu": FeishuFormat(), "wecom": WeComFormat(),
    ]

    fileprivate func format() throws(PluginError) -> any WebhookFormat {
      switch values["template"] {
      case nil: return GenericFormat()
      case .text(let name):
        if let format = Self.formats[name] { return format }
        throw wrong("template", "is '\(name)'", hint: Wording.templateHint(name, Self.formats.keys.sorted()))
      case .object(let members):
        do throws(JSONTemplate.Problem) {
          return CustomFormat(try JSONTemplate(.object(members), pointer: "/template"))
        } catch {
          throw PluginError(
            .configuration, "'template' of \(instance): \(error.message)", pointer: error.pointer,
            hint: error.hint)
        }
      default: throw wrong("template", Wording.notATemplate)
      }
    }

    fileprivate func address(isChat: Bool) throws(PluginError) -> WebAddress {
      let (open, secret) = (try text("url"), try text("secret_url"))
      let key = secret == nil ? "url" : "secret_url"
      guard let text = open ?? secret else { throw wrong("url", Wording.noAddress) }
      if open != nil, secret != nil { throw wrong("url", Wording.twoAddresses) }
      if open != nil, isChat { throw wrong("url", Wording.chatAddress) }
      do throws(WebAddress.Problem) {
        return try WebAddress(text, schemes: ["http", "https"])
      } catch {
        throw wrong(key, Wording.badAddress(error.message))
      }
    }

    fileprivate func secret(_ format: any WebhookFormat) throws(PluginError) -> SigningSecret? {
      guard let text = try text("secret"), !text.isEmpty else { return nil }
      if !format.takesSecret { throw wrong("secret", Wording.noSecret) }
      guard let secret = SigningSecret(text) else { throw wrong("secret", Wording.notBase64) }
      return secret
    }

    fileprivate func headers(reserved: Set<String>) throws(PluginError) -> [(name: String, value: String)] {
      guard let value = values["headers"] else { return [] }
      guard case .list(let items) = value else { throw wrong("headers", Wording.notHeaders) }
      var headers = [(name: String, value: String)]()
      for (index, item) in items.enumerated() {
        guard case .object(let members) = item, members.count == 2, case .text(let name)? = members["name"],
          case .text(let value)? = members["value"] ?? members["secret"]
        else { throw wrong("headers", Wording.notHeaders, item: index) }
        guard name.isHeaderName, !reserved.contains(name.lowercased()), value.isHeaderValue else {
          throw wrong("headers", Wording.badHeader(name), item: index)
        }
        headers.append((name, value))
      }
      return headers
    }
  }

  extension String {
    /// A token (RFC 9110, section 5.6.2).
    fileprivate var isHeaderName: Bool {
      !isEmpty
        && utf8.allSatisfy { byte in
          (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    fileprivate var isHeaderValue: Bool { !isEmpty && utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }
  }
#endif
