#if Curl
  /// A mailbox's address (RFC 5321, section 4.1.2), in the form that people have: one `@`, nothing that needs quotes.
  struct MailAddress: Hashable, Sendable {
    let text: String
    let domain: String

    /// Nil for what is no address, and for anything that could leave its place in a header or a command.
    init?(_ text: String) {
      let parts = text.split(separator: "@", omittingEmptySubsequences: false)
      guard parts.count == 2, text.utf8.count <= 254, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
      guard text.unicodeScalars.allSatisfy(Self.isAllowed) else { return nil }
      self.text = text
      domain = String(parts[1])
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
      if scalar.properties.isWhitespace { return false }
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .unassigned: return false
      default: return !"<>()[],;:\\\"".unicodeScalars.contains(scalar)
      }
    }
  }
#endif
