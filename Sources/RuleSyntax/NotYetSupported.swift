/// What the rule language has and this version does not carry out: it is refused rather than silently left undone.
enum NotYetSupported {
  static let sections = ["waivers"]
}
