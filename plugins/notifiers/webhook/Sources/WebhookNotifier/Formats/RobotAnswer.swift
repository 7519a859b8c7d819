#if Curl
  import PluginAPI
  import PluginProtocol

  /// What a chat robot says in the body of its answer: a number, which is 0 where the message was taken, and a sentence.
  struct RobotAnswer {
    /// What a number means for what happens next. One that is in no list refuses this message alone.
    enum Meaning {
      case busy
      /// Too many messages, for so many milliseconds.
      case limited(Int64)
      /// The address or the robot's security settings.
      case notAllowed
      case refused
    }

    let message: String
    private let code: Int?
    private let isSuccess: Bool

    init(_ answer: JSONValue?, code: String, message: String, isSuccess: Bool) {
      self.isSuccess = isSuccess
      self.code = answer?[code]?.integer
      self.message = answer?[message]?.text ?? ""
    }

    func require(in meanings: [Int: Meaning]) throws(PluginError) {
      guard let code else {
        if isSuccess { throw PluginError(.transient, Wording.noCode) }
        return
      }
      if code == 0 { return }
      let refusal = Wording.refused(code, message)
      switch meanings[code] {
      case .busy: throw PluginError(.transient, refusal)
      case .limited(let pause): throw PluginError(.rateLimited, refusal, retryAfterMilliseconds: pause)
      case .notAllowed: throw PluginError(.authorization, refusal)
      case .refused, nil: throw PluginError(.permanent, refusal)
      }
    }
  }
#endif
