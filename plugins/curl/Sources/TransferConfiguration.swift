#if Curl
  import CCurl

  extension EasyHandle {
    /// What all transfers have in common.
    func configure(_ options: TransferOptions, _ address: WebAddress) {
      set(CURLOPT_URL, address.text)
      set(CURLOPT_PROTOCOLS_STR, "http,https,smtp,smtps")
      set(CURLOPT_TIMEOUT_MS, options.timeoutMilliseconds)
      set(CURLOPT_CONNECTTIMEOUT_MS, options.timeoutMilliseconds)
      // An empty text keeps libcurl from asking the environment.
      set(CURLOPT_PROXY, options.proxy ?? "")
      set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
      if let certificates = options.certificates { set(CURLOPT_CAINFO, certificates) }
      if case .startTLS = options.encryption { set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
      configure(options.credentials)
    }

    private func configure(_ credentials: TransferOptions.Credentials?) {
      switch credentials {
      case .password(let user, let password):
        set(CURLOPT_USERNAME, user)
        set(CURLOPT_PASSWORD, password)
      case .bearer(let token):
        set(CURLOPT_HTTPAUTH, ccurl_auth_bearer)
        set(CURLOPT_XOAUTH2_BEARER, token)
      case nil: break
      }
    }
  }

  extension HTTPRequest {
    func configure(_ handle: EasyHandle, _ options: TransferOptions) {
      // Without a body to wait for a `100 Continue`, which some servers never send.
      handle.set(CURLOPT_HTTPHEADER, headers.map { "\($0.name): \($0.value)" } + ["Expect:"])
      switch method {
      case .get: handle.set(CURLOPT_HTTPGET, 1)
      case .post:
        handle.set(CURLOPT_POST, 1)
        handle.setBody(body)
      }
      guard options.followsRedirects else { return }
      handle.set(CURLOPT_FOLLOWLOCATION, 1)
      handle.set(CURLOPT_MAXREDIRS, 3)
      handle.set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
      handle.set(CURLOPT_POSTREDIR, ccurl_redirect_post)
    }
  }

  extension MailSubmission {
    func configure(_ handle: EasyHandle, _ options: TransferOptions) {
      handle.set(CURLOPT_UPLOAD, 1)
      handle.set(CURLOPT_MAIL_FROM, sender)
      handle.set(CURLOPT_MAIL_RCPT, recipients)
    }
  }
#endif
