#if Curl
  /// Every sentence that this plugin says. Those about a setting follow its name.
  enum Wording {
    static let missing = "is missing"
    static let notAHost = "is not the name or the number of a host"
    static let notAnAddress = "is not an e-mail address"
    static let notNames = "must hold names, and an address or a list of addresses behind each"
    static let nobody = "is missing, and so is 'addresses': there is nobody to write to"
    static let halfOfCredentials = "is missing: 'user' and 'password' belong together"
    static let openPassword = "is none, and the password would cross the network for all to read"
    static let notOpen = "the notifier was used before it was opened"
    static let noRecipient = "a recipient has no address, and there is no default"

    static func nobodyBehind(_ name: String) -> String { "has no address behind '\(name)'" }
  }
#endif
