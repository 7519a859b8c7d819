import Foundation
import Testing

/// Real incidents, which are not part of the project.
enum Incidents {
  static let folder: String = {
    let data = ProcessInfo.processInfo.environment["DOCKET_DATA"] ?? "../shared/data"
    return URL(filePath: data, relativeTo: URL(filePath: Folders.repository, directoryHint: .isDirectory))
      .appending(path: "servicenow-incidents").path
  }()

  static let tickets = "\(folder)/tickets.ndjson.gz"
  static let recorded = "\(folder)/recorded.ndjson.gz"
  static var areHere: Bool { FileManager.default.fileExists(atPath: recorded) }

  /// What the desk itself recorded.
  struct Recorded: Decodable {
    var id: String
    var priority: Int
    var made_sla: Bool
  }

  struct Decision: Decodable {
    struct Priority: Decodable { var level: String }
    struct Window: Decodable {
      var id: String
      var state: String
    }
    var ticket: String
    var priority: Priority
    var windows: [Window]
  }
}

@Suite("The rules for ServiceNow incidents")
struct IncidentTests {
  @Test(
    "agree with what the desk recorded",
    .enabled(
      if: Incidents.areHere, "the 12,459 incidents are not here: set DOCKET_DATA to the folder that has them")
  )
  func agreement() throws {
    let result = try Program.run(
      [
        "check", "--rules", "rules/servicenow-incidents", "--as-of", "2017-03-01T00:00:00Z", "--format",
        "ndjson", "--fail-on", "never", Incidents.tickets,
      ], in: Folders.repository)
    #expect(result.errors == "")
    try #require(result.status == 0)
    let recorded = try Program.shell("gzip -dc '\(Incidents.recorded)'", in: Folders.repository).output
    var byID: [String: Incidents.Recorded] = [:]
    for line in recorded.split(separator: "\n") {
      let record = try JSONDecoder().decode(Incidents.Recorded.self, from: Data(line.utf8))
      byID[record.id] = record
    }
    let levels = ["critical", "high", "moderate", "low"]
    var (tickets, priorities, misses) = (0, 0, 0)
    for line in result.output.split(separator: "\n") {
      let decision = try JSONDecoder().decode(Incidents.Decision.self, from: Data(line.utf8))
      let record = try #require(byID[decision.ticket])
      tickets += 1
      if levels.firstIndex(of: decision.priority.level) == record.priority - 1 { priorities += 1 }
      if decision.windows.contains(where: { $0.state == "breached" }) == record.made_sla { misses += 1 }
    }
    print("ServiceNow: \(priorities) of \(tickets) priorities agree; made_sla differs on \(misses)")
    #expect(tickets == byID.count)
    #expect(tickets == 12_459)
    #expect(priorities == tickets)
    #expect(misses <= 15)
  }
}
