public import Diagnostics
import Foundation
public import RuleCompiler
public import RuleEvaluator
public import TicketModel
public import WorkingTime

/// What is wrong with rules that a test takes for right.
public struct Uncompilable: Error, CustomStringConvertible {
  public let description: String
}

/// The rulebook that one rule file's text declares; what follows `format: 1` and `rulebook: test`.
public func compile(_ text: String, resources: [String: String] = [:]) throws -> Rulebook {
  let file = SourceText(path: "rules.yaml", text: "format: 1\nrulebook: test\n" + text)
  let compilation = compilation(of: [file], resources: resources)
  guard let rulebook = compilation.rulebook else {
    let sources = [file] + compilation.resources
    throw Uncompilable(description: TextRenderer(sources: sources).render(compilation.diagnostics))
  }
  return rulebook
}

public func compilation(
  of files: [SourceText], resources: [String: String] = [:], today: CivilDate? = nil
) -> RulebookCompiler.Compilation {
  RulebookCompiler(
    files: files, resource: { path in resources[path].map { SourceText(path: path, text: $0) } },
    timeZone: timeZone, today: today
  ).compile()
}

/// The system's rules of a time zone; nil where it has none of that name.
public func timeZone(_ identifier: String) -> TimeZoneRules? {
  if identifier == "UTC" { return .utc }
  guard let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(identifier)") else {
    return nil
  }
  return try? TimeZoneRules(identifier: identifier, tzif: [UInt8](data))
}

extension Rulebook {
  /// The ticket that a JSON object describes.
  public func ticket(_ json: String) throws -> Ticket {
    var ticket = Ticket()
    var decoder = TicketDecoder(layout: layout)
    try decoder.decode(Array(json.utf8).span.bytes, into: &ticket)
    return ticket
  }

  /// What a new evaluator says.
  public func decision(about ticket: borrowing Ticket, at now: Instant) -> Decision {
    var evaluator = Evaluator(self)
    var decision = Decision()
    evaluator.evaluate(ticket, at: now, into: &decision)
    return decision
  }
}

/// `2026-03-02T09:00`, in UTC where the text has no offset.
public func instant(_ text: String) throws -> Instant {
  guard let instant = Instant.parse(text, localZone: .utc) else {
    throw Uncompilable(description: "\(text) is not an instant")
  }
  return instant
}
