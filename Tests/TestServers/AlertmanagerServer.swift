import Foundation
import FoundationNetworking

/// Prometheus Alertmanager on loopback, with a configuration and data of its own, and a receiver for what it sends.
public final class AlertmanagerServer: Sendable {
  /// An alert as `GET /api/v2/alerts` has it.
  public struct Alert: Decodable, Sendable {
    public struct Status: Decodable, Sendable { public var state: String }
    public var labels: [String: String]
    public var annotations: [String: String]
    public var startsAt: String
    public var endsAt: String
    public var generatorURL: String?
    public var status: Status
  }

  /// What it sends to a receiver: a group of alerts.
  public struct Notification: Decodable, Sendable {
    public struct Alert: Decodable, Sendable {
      public var status: String
      public var labels: [String: String]
    }
    public var status: String
    public var groupLabels: [String: String]
    public var alerts: [Alert]
  }

  public let address: String
  private let folder: TestFolder
  private let process: ServerProcess
  private let receiver: HTTPReceiver

  /// - Parameter passwordHash: of the user `docket`, where it asks for one; in the form of bcrypt.
  public init(passwordHash: String? = nil) throws {
    guard let python = Programs.python, let program = Programs.alertmanager else {
      throw ServerProblem(message: "python3 or alertmanager is not here")
    }
    folder = try TestFolder()
    receiver = try HTTPReceiver()
    let configuration = """
      route:
        receiver: tests
        group_by: [ticket]
        group_wait: 10ms
        group_interval: 100ms
        repeat_interval: 1h
      receivers:
        - name: tests
          webhook_configs: [{url: '\(receiver.address)/', send_resolved: true}]
      """
    try configuration.write(toFile: folder.path + "/alertmanager.yml", atomically: true, encoding: .utf8)
    var options = [String]()
    if let passwordHash {
      let users = "basic_auth_users: {docket: '\(passwordHash)'}\n"
      try users.write(toFile: folder.path + "/web.yml", atomically: true, encoding: .utf8)
      options = ["--web.config.file=\(folder.path)/web.yml"]
    }
    process = try ServerProcess(
      [python, "\(Programs.fixtures)/alertmanager.py", program, folder.path] + options)
    address = "http://127.0.0.1:\(process.announcement)"
  }

  /// The alerts that are not over.
  public func alerts() async throws -> [Alert] {
    let (data, _) = try await URLSession.shared.data(from: try url("/api/v2/alerts"))
    return try JSONDecoder().decode([Alert].self, from: data)
  }

  /// What it has sent so far.
  public func notifications() throws -> [Notification] {
    try receiver.requests().map { try JSONDecoder().decode(Notification.self, from: Data($0.body.utf8)) }
  }

  /// The labels of each alert that a receiver was told of as `status`, however often.
  public func told(_ status: String) throws -> Set<[String: String]> {
    Set(try notifications().flatMap(\.alerts).filter { $0.status == status }.map(\.labels))
  }

  /// Silences alerts whose label has that value, for an hour from now on.
  public func silence(_ label: String, _ value: String) async throws {
    let format = ISO8601DateFormatter()
    let silence: [String: Any] = [
      "matchers": [["name": label, "value": value, "isRegex": false]],
      "startsAt": format.string(from: Date()), "endsAt": format.string(from: Date() + 3_600),
      "createdBy": "tests", "comment": "tests",
    ]
    var request = URLRequest(url: try url("/api/v2/silences"))
    request.httpMethod = "POST"
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    request.httpBody = try JSONSerialization.data(withJSONObject: silence)
    let (data, response) = try await URLSession.shared.data(for: request)
    if (response as? HTTPURLResponse)?.statusCode != 200 {
      throw ServerProblem(message: String(decoding: data, as: UTF8.self))
    }
  }

  private func url(_ path: String) throws -> URL {
    guard let url = URL(string: address + path) else { throw ServerProblem(message: "no address") }
    return url
  }
}

/// Waits until `condition` holds, 90 seconds at most, and answers whether it does.
public func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
  let end = ContinuousClock.now + .seconds(90)
  while ContinuousClock.now < end {
    if try await condition() { return true }
    try await Task.sleep(for: .milliseconds(20))
  }
  return try await condition()
}
