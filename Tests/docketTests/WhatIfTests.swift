import Foundation
import Testing

@Suite("An assumed value")
struct WhatIfTests {
  private func explain(_ assumptions: String...) throws -> Program.Result {
    let options = ["--as-of", "2026-10-12T10:00:00+08:00", "--language", "en"]
    return try Program.run(
      ["explain", "202610-007", ReferenceRulebook.samples[0]] + options
        + assumptions.flatMap { ["--what-if", $0] }, in: Folders.repository)
  }

  @Test(
    "may be of any type, as people write it",
    arguments: [
      ("affected_users=12", "Affected users=12"), ("hours_spent=1.5", "Hours spent=1.5"),
      ("cross_team=true", "Work across teams=yes"),
      ("responded_at=2026-10-12T09:30", "First response at=2026-10-12T09:30:00+08:00"),
      ("urgency=高", "Urgency=High"), ("source=phone", "Source=Hotline"), ("contact.name=张三", "Contact=***"),
      ("contact.name=", "Contact=absent"), ("collaborators=a, b", #"Collaborators=["a","b"]"#),
      (#"description=a "b" \ c=d"#, #"Description=a "b" \ c=d"#),
    ])
  func typed(assumption: String, shown: String) throws {
    let result = try explain(assumption)
    #expect(result.status == 0 && result.errors == "")
    #expect(result.output.contains("what if \(shown)\n"))
    #expect(!result.output.contains("张三"))
  }

  @Test(
    "is refused where its field cannot have it",
    arguments: [
      "affected_users=-1", "affected_users=1.5", "affected_users=many", #"affected_users=1,"id":"x""#,
      "hours_spent=1,5", "cross_team=yes", "responded_at=yesterday", "steps={}x",
    ])
  func refused(assumption: String) throws {
    let result = try explain(assumption)
    #expect(result.status == 2 && result.output == "")
    #expect(result.errors.hasPrefix("error: --what-if \(assumption): that is no value of type "))
  }

  @Test("changes nothing of the tickets, nor of the rules") func unwritten() throws {
    let place = try TemporaryFolder(copyOf: Folders.workspace)
    let before = try Data(contentsOf: URL(filePath: "\(place.path)/windows.ndjson"))
    let names = try place.names()
    let result = try Program.run(
      ["explain", "T-051", "windows.ndjson", "--rules", "small", "--what-if", "urgency=low"], in: place.path)
    #expect(result.status == 0)
    #expect(try Data(contentsOf: URL(filePath: "\(place.path)/windows.ndjson")) == before)
    #expect(try place.names() == names)
  }
}
