#if Curl
  /// One message for an SMTP server (RFC 5321): the envelope, and what it holds.
  public struct MailSubmission: Sendable {
    /// The server's address, `smtp` or `smtps`.
    public var address: WebAddress
    public var sender: String
    /// At least one.
    public var recipients: [String]
    /// Headers and body (RFC 5322), with CRLF at the end of every line.
    public var message: [UInt8]

    public init(_ address: WebAddress, sender: String, recipients: [String], message: [UInt8]) {
      self.address = address
      self.sender = sender
      self.recipients = recipients
      self.message = message
    }
  }

  /// What a server did with mail that it did not refuse.
  public enum MailOutcome: Hashable, Sendable {
    case accepted
    /// This mail is not wanted now (a status from 400 to 499), which says nothing about other mail.
    case putOff
  }
#endif
