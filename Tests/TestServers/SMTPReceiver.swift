import Foundation

/// An SMTP server on loopback, in a process of its own, that reads mail as a mail reader would.
public final class SMTPReceiver: Sendable {
  public struct Options: Encodable, Sendable {
    public var certificate: String?
    public var key: String?
    /// TLS from the first byte.
    public var implicit = false
    public var user: String?
    public var password: String?
    /// The answer for each recipient that is refused.
    public var refusals: [String: String] = [:]
    /// The answer to any mail.
    public var data: String?

    public init() {}
  }

  public struct Mail: Decodable, Sendable {
    /// The client's port, which tells connections apart.
    public var peer: Int
    public var secure: Bool
    public var user: String?
    public var sender: String
    public var recipients: [String]
    /// Decoded, by their names in lower case.
    public var headers: [String: String]
    /// The lines of the headers as they came.
    public var lines: [String]
    public var type: String
    /// What Python's parser finds wrong with the message.
    public var defects: [String]
    public var date: String
    public var text: String?
    public var html: String?
  }

  public let port: Int
  private let folder: TestFolder
  private let process: ServerProcess

  public init(_ options: Options = Options()) throws {
    guard let python = Programs.pythonWithSMTP else { throw ServerProblem(message: "aiosmtpd is not here") }
    folder = try TestFolder()
    let options = String(decoding: try JSONEncoder().encode(options), as: UTF8.self)
    process = try ServerProcess([
      python, "\(Programs.fixtures)/smtp_receiver.py", "\(folder.path)/log", options,
    ])
    port = Int(process.announcement) ?? 0
  }

  /// What came in, in order.
  public func mails() throws -> [Mail] { try folder.lines(of: "log", as: Mail.self) }
}
