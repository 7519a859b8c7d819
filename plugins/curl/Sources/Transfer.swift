#if Curl
  import CCurl
  public import PluginAPI

  /// Sends requests and mail to servers, one after the other, over connections that it keeps.
  ///
  /// The only one who knows libcurl. It blocks a thread of its own, not the tasks around it. Errors carry the kind that the
  /// engine's policy needs, and name the host, never the path of an address, its query or a credential.
  public actor Transfer {
    private nonisolated let executor = TransferExecutor()
    private let options: TransferOptions
    private var handle: EasyHandle?

    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    public init(_ options: TransferOptions = TransferOptions()) { self.options = options }

    /// Sends `request` and answers with the response, whatever its status is. Throws where there is none.
    public func send(_ request: HTTPRequest) async throws(PluginError) -> HTTPResponse {
      try Self.requireHeaderText(request.headers)
      return try await interruptible { interruption throws(PluginError) in
        let handle = try self.prepared(for: request.address)
        request.configure(handle, self.options)
        let incoming = IncomingBytes()
        let result = handle.perform(incoming: incoming, interruption: interruption)
        if result.code != CURLE_OK { throw PluginError(result, host: request.address.host) }
        return HTTPResponse(
          status: result.status, body: incoming.bytes,
          retryAfterMilliseconds: result.retryAfterSeconds > 0 ? result.retryAfterSeconds * 1000 : nil)
      }
    }

    /// Hands `mail` to its server. Throws `.permanent` for what the server refuses.
    public func send(_ mail: MailSubmission) async throws(PluginError) -> MailOutcome {
      try await interruptible { interruption throws(PluginError) in
        let handle = try self.prepared(for: mail.address)
        mail.configure(handle, self.options)
        let outgoing = OutgoingBytes(mail.message)
        let result = handle.perform(
          incoming: IncomingBytes(), outgoing: outgoing, interruption: interruption)
        if result.code == CURLE_OK { return .accepted }
        // 421 closes the connection (RFC 5321, section 3.8); any other such status is about this mail.
        if 400..<500 ~= result.status, result.status != 421 { return .putOff }
        throw PluginError(mail: result, host: mail.address.host)
      }
    }

    /// Connects to `address` and logs in where that belongs to connecting, as it does with SMTP, and sends nothing else.
    public func connect(to address: WebAddress) async throws(PluginError) {
      try await interruptible { interruption throws(PluginError) in
        // A handle of its own: a connection made in this way carries no requests.
        guard let handle = EasyHandle() else { throw PluginError(.internal, Messages.noHandle) }
        handle.reset()
        handle.configure(self.options, address)
        handle.set(CURLOPT_CONNECT_ONLY, 1)
        let result = handle.perform(incoming: IncomingBytes(), interruption: interruption)
        if result.code != CURLE_OK { throw PluginError(mail: result, host: address.host) }
      }
    }

    /// Closes the connections. The next transfer opens new ones.
    public func close() { handle = nil }

    private func prepared(for address: WebAddress) throws(PluginError) -> EasyHandle {
      guard let handle = handle ?? EasyHandle() else { throw PluginError(.internal, Messages.noHandle) }
      self.handle = handle
      handle.reset()
      handle.configure(options, address)
      return handle
    }

    /// Runs `operation`, which blocks, and has it end soon after the task is cancelled.
    private func interruptible<Value: Sendable>(
      _ operation: (Interruption) throws(PluginError) -> Value
    ) async throws(PluginError) -> Value {
      let interruption = Interruption()
      let result: Result<Value, PluginError> = await withTaskCancellationHandler {
        do throws(PluginError) { return .success(try operation(interruption)) } catch {
          return .failure(error)
        }
      } onCancel: {
        interruption.request()
      }
      return try result.get()
    }

    /// RFC 9110, section 5.5: a line break would begin a header of the sender's choice.
    private static func requireHeaderText(_ headers: [(name: String, value: String)]) throws(PluginError) {
      for (name, value) in headers
      where (name + value).utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
        throw PluginError(.permanent, Messages.controlCharacter(in: name))
      }
    }
  }
#endif
