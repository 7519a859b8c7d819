#if Curl
  /// Every sentence that this plugin says. Those about a setting follow its name.
  enum Wording {
    static let notOpen = "the notifier was used before it was opened"
    static let noAddress = "is missing: it says where Alertmanager is"
    static let tokenAndPassword = "stands beside a password: write one of them"
    static let halfOfCredentials = "is missing: 'user' and 'password' belong together"
    static let notLabels = "must be a mapping of names and texts"
    static let notAlertmanager = "what answers is no Alertmanager with version 2 of the API"

    static func badAddress(_ problem: String) -> String { "is no address: it \(problem)" }

    static func badLink(_ problem: String) -> String { "makes no address: it \(problem)" }

    static func ownLabel(_ name: String) -> String { "sets '\(name)', which comes from the delivery" }

    static func badLabel(_ name: String) -> String {
      "has the label '\(name)', whose name may have letters, digits and '_' only, and no digit in front"
    }

    static func unknownPlaceholder(_ name: String) -> String { "has '{\(name)}', which means nothing here" }

    static func placeholders(_ known: [String]) -> String {
      "the parts are \(known.map { "{\($0)}" }.joined(separator: ", "))"
    }

    static func status(_ host: String, _ status: Int) -> String { "\(host) answers \(status)" }
  }
#endif
