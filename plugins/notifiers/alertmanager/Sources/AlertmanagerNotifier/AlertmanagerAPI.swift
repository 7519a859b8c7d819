#if Curl
  import CurlTransfer
  import PluginAPI
  import PluginProtocol

  /// The two requests of Alertmanager's API, version 2, that this plugin makes.
  struct AlertmanagerAPI: Sendable {
    let settings: AlertmanagerSettings
    let transfer: Transfer

    /// The setting that holds the key.
    var credentialsPointer: String {
      if case .bearer = settings.options.credentials { return "/token" }
      return "/password"
    }

    func post(_ alerts: [JSONValue]) async throws(PluginError) {
      var body = [UInt8]()
      body.appendJSON(.list(alerts))
      let address = settings.address.appending(path: "api/v2/alerts")
      let headers = [(name: "Content-Type", value: "application/json")]
      try require(try await transfer.send(HTTPRequest(.post, address, headers: headers, body: body)))
    }

    /// What stands under `path`, of the alerts those whose label has that value.
    func get(
      _ path: String, filter: (label: String, value: String)? = nil
    ) async throws(PluginError) -> JSONValue {
      var address = settings.address.appending(path: "api/v2/\(path)")
      if let filter {
        address = address.appending(query: [("filter", "\(filter.label)=\(Self.quote(filter.value))")])
      }
      let response = try await transfer.send(HTTPRequest(.get, address))
      try require(response)
      do { return try JSONValue(reading: response.body) } catch {
        throw PluginError(.configuration, Wording.notAlertmanager, pointer: "/url")
      }
    }

    /// A value of a matcher (https://prometheus.io/docs/alerting/latest/configuration/#matcher).
    private static func quote(_ text: String) -> String {
      let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .replacing("\n", with: "\\n")
      return "\"\(escaped)\""
    }

    private func require(_ response: HTTPResponse) throws(PluginError) {
      let message = Wording.status(settings.address.host, response.status)
      switch response.status {
      case 200..<300: return
      case 300..<400, 404, 405: throw PluginError(.configuration, message, pointer: "/url")
      case 401, 403: throw PluginError(.authorization, message, pointer: credentialsPointer)
      case 429:
        throw PluginError(.rateLimited, message, retryAfterMilliseconds: response.retryAfterMilliseconds)
      case 500...:
        throw PluginError(.transient, message, retryAfterMilliseconds: response.retryAfterMilliseconds)
      default: throw PluginError(.permanent, message)
      }
    }
  }
#endif
