#if Curl
  import PluginAPI
  import PluginProtocol

  /// What a chat robot says within a 200: a number, which is 0 where the message was taken, and a sentence.
  struct RobotAnswer {
    /// What a number means for what happens next. One that is in no list refuses this message alone.
    enum Meaning {
      case busy
      /// Too many messages, for so many milliseconds.
      case limited(Int64)
      /// The address or the robot's security settings.
      case notAllowed
    }

    private let code: Int?
    private let message: String

    init(_ answer: JSONValue?, code: String, message: String) {
      self.code = answer?[code]?.integer
      self.message = answer?[message]?.text ?? ""
    }

    func require(in meanings: [Int: Meaning]) throws(PluginError) {
      guard let code else { throw PluginError(.transient, Wording.noCode) }
      if code == 0 { return }
      let refusal = Wording.refused(code, message)
      switch meanings[code] {
      case .busy: throw PluginError(.transient, refusal)
      case .limited(let pause): throw PluginError(.rateLimited, refusal, retryAfterMilliseconds: pause)
      case .notAllowed: throw PluginError(.authorization, refusal)
      case nil: throw PluginError(.permanent, refusal)
      }
    }
  }
#endif
