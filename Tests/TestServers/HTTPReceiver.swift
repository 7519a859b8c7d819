import Foundation

/// An HTTP server on loopback, in a process of its own, that answers as it is told and writes down what it gets.
public final class HTTPReceiver: Sendable {
  public struct Answer: Encodable, Sendable {
    public var status = 200
    public var headers: [String: String] = [:]
    public var body = "ok"
    /// Seconds before it.
    public var delay = 0.0
    /// No answer at all: the connection is closed.
    public var close = false
    /// The body does not end.
    public var endless = false

    public init(
      _ status: Int = 200, headers: [String: String] = [:], body: String = "ok", delay: Double = 0,
      close: Bool = false, endless: Bool = false
    ) {
      self.status = status
      self.headers = headers
      self.body = body
      self.delay = delay
      self.close = close
      self.endless = endless
    }
  }

  public struct Request: Decodable, Sendable {
    public var method: String
    public var path: String
    /// By their names in lower case.
    public var headers: [String: String]
    public var body: String
    /// The number of the connection that it came over, from 1.
    public var connection: Int
  }

  public let address: String
  private let folder: TestFolder
  private let process: ServerProcess

  /// - Parameter answers: for the first request and so on; the last one stands for all that follow.
  public init(_ answers: [Answer] = [Answer()], certificate: Certificate? = nil) throws {
    guard let python = Programs.python else { throw ServerProblem(message: "python3 is not here") }
    folder = try TestFolder()
    let answers = String(decoding: try JSONEncoder().encode(answers), as: UTF8.self)
    process = try ServerProcess(
      [python, "\(Programs.fixtures)/http_receiver.py", "\(folder.path)/log", answers]
        + (certificate.map { [$0.certificate, $0.key] } ?? []))
    address = "\(certificate == nil ? "http" : "https")://127.0.0.1:\(process.announcement)"
  }

  /// What came in, in order.
  public func requests() throws -> [Request] { try folder.lines(of: "log", as: Request.self) }
}
