#if Curl
  import Diagnostics

  /// Every sentence that this plugin says. Those about a setting follow its name.
  enum Wording {
    static let notOpen = "the notifier was used before it was opened"
    static let noAddress = "is missing, and so is 'secret_url': it says where to post"
    static let twoAddresses = "is there beside 'secret_url': write one of them"
    static let chatAddress = "holds the key to a chat: write it as 'secret_url'"
    static let openToken = "the address is http: everybody on the way can read what is posted"
    static let noSecret = "means nothing to this template"
    static let notBase64 = "is not Base64 behind 'whsec_'"
    static let notATemplate = "must be a mapping, or one of generic, slack, teams, dingtalk, feishu, wecom"
    static let notHeaders = "must be a list of mappings of 'name' and 'value' or 'secret'"
    static let noCode = "the receiver answers with something else than a robot's number"

    static func templateHint(_ name: String, _ known: [String]) -> String {
      suggestion(for: name, among: known) ?? "write one of \(known.joined(separator: ", ")), or a mapping"
    }

    static func badAddress(_ problem: String) -> String { "is no address to post to: it \(problem)" }

    static func badHeader(_ name: String) -> String { "cannot have the header '\(name)'" }

    static func refused(_ code: Int, _ message: String) -> String {
      "the receiver answers \(code)"
        + (message.isEmpty ? "" : ": \(NoticeText.prefix(of: message, units: 200))")
    }

    static func status(_ host: String, _ status: Int) -> String { "\(host) answers \(status)" }

    static func redirected(_ host: String, _ status: Int) -> String {
      "\(host) answers \(status), and redirects are not followed"
    }

    static func paced(_ limit: Int) -> String { "the receiver takes \(limit) messages a minute" }

    static func unknownPlaceholder(_ name: String) -> String { "'{\(name)}' is no part of a delivery" }

    static func placeholders(_ known: [String]) -> String {
      "the parts are \(known.map { "{\($0)}" }.joined(separator: ", "))"
    }

    static func singleBrace(_ brace: Character) -> String { "a single '\(brace)' means nothing" }

    static func singleBraceHint(_ brace: Character) -> String { "write '\(brace)\(brace)' for the character" }
  }
#endif
