#if Curl
  import CCurl

  /// One easy handle of libcurl, which keeps its connection for the next transfer to the same server.
  ///
  /// Blocks while it performs; belongs to one thread at a time.
  final class EasyHandle {
    private let handle: UnsafeMutableRawPointer
    private let errors = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var lists = [UnsafeMutablePointer<curl_slist>]()
    /// The first option that libcurl did not take.
    private var refusal = CURLE_OK

    private static let isReady = ccurl_global_init() == CURLE_OK

    init?() {
      guard Self.isReady, let handle = curl_easy_init() else {
        errors.deallocate()
        return nil
      }
      self.handle = handle
    }

    deinit {
      // Farewells on the way must not call what is gone.
      curl_easy_reset(handle)
      curl_easy_cleanup(handle)
      freeLists()
      errors.deallocate()
    }

    /// Forgets all options, and keeps connections and TLS sessions.
    func reset() {
      curl_easy_reset(handle)
      freeLists()
      refusal = CURLE_OK
      errors[0] = 0
      note(ccurl_set_errors(handle, errors))
      // Without signals, which are the process's affair; names are resolved on a thread of libcurl.
      set(CURLOPT_NOSIGNAL, 1)
    }

    func set(_ option: CURLoption, _ value: Int) { note(ccurl_set_long(handle, option, value)) }

    func set(_ option: CURLoption, _ text: String) { note(ccurl_set_text(handle, option, text)) }

    func set(_ option: CURLoption, _ texts: [String]) {
      var list: UnsafeMutablePointer<curl_slist>?
      for text in texts { list = curl_slist_append(list, text) ?? list }
      if let list { lists.append(list) }
      note(ccurl_set_list(handle, option, list))
    }

    func setBody(_ bytes: [UInt8]) {
      bytes.withUnsafeBytes { note(ccurl_set_body(handle, $0.baseAddress, $0.count)) }
    }

    /// Performs the transfer that the options describe.
    /// - Parameters:
    ///   - incoming: collects what the server sends.
    ///   - outgoing: is uploaded, where the transfer is an upload.
    ///   - interruption: ends the transfer within a second once it is requested.
    func perform(
      incoming: IncomingBytes, outgoing: OutgoingBytes? = nil, interruption: Interruption
    ) -> TransferResult {
      note(ccurl_set_receiver(handle, IncomingBytes.receive, Unmanaged.passUnretained(incoming).toOpaque()))
      note(ccurl_set_progress(handle, Interruption.poll, Unmanaged.passUnretained(interruption).toOpaque()))
      if let outgoing {
        let context = Unmanaged.passUnretained(outgoing).toOpaque()
        note(ccurl_set_sender(handle, OutgoingBytes.send, context, outgoing.bytes.count))
      }
      let code = withExtendedLifetime((incoming, outgoing, interruption)) {
        refusal == CURLE_OK ? curl_easy_perform(handle) : refusal
      }
      return TransferResult(
        code: code, detail: detail(of: code), status: ccurl_status(handle),
        retryAfterSeconds: Int64(ccurl_retry_after(handle)))
    }

    private func detail(of code: CURLcode) -> String {
      let text = String(cString: errors)
      return text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    }

    private func note(_ code: CURLcode) { if refusal == CURLE_OK { refusal = code } }

    private func freeLists() {
      lists.forEach(curl_slist_free_all)
      lists = []
    }
  }

  /// How a transfer ended.
  struct TransferResult {
    var code: CURLcode
    /// What libcurl says of a failure; names hosts and ports, no paths.
    var detail: String
    /// The last status that the server answered with, of HTTP or SMTP; 0 where it did not.
    var status: Int
    var retryAfterSeconds: Int64
  }
#endif
