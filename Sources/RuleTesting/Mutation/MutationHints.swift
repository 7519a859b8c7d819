import Diagnostics

/// Which test would notice a mutant.
enum MutationHints {
  static let otherPriority =
    "a test whose ticket records another priority, and that expects the finding 'priorities'"
  static let initial = "a test whose history begins as the workflow says, and that expects no finding"

  static func row(_ id: String) -> String {
    "a test with a ticket for row \(id) that expects what the row gives"
  }

  static func cell(_ input: String, _ row: String) -> String {
    "a test with a ticket that differs from those of row \(row) in '\(input)' alone"
  }

  static func expression(_ id: String) -> String {
    "a test with a ticket for \(id) whose expression is false"
  }

  static func output(_ output: String, _ row: String) -> String {
    "a test with a ticket for row \(row) that expects its '\(output)'"
  }

  static func order(_ first: String, _ second: String) -> String {
    "a test with a ticket for which rows \(first) and \(second) both hold"
  }

  static func condition(_ input: String, _ id: String) -> String {
    "a test with a ticket that differs in '\(input)' alone from one for which \(id) holds"
  }

  static func missingField(_ field: String, _ rule: String) -> String {
    "a test without '\(field)' that expects the finding \(rule)"
  }

  static func severity(_ rule: String, _ severity: Severity) -> String {
    "a test that expects {rule: \(rule), severity: \(severity.rawValue)}"
  }

  static func check(_ id: String) -> String {
    "a test with a ticket that breaks \(id) and expects the finding"
  }
  static func slip(_ id: String) -> String { "tests with tickets on both sides of what \(id) says" }
  static func pattern(_ field: String) -> String {
    "a test with another text, and the finding fields.\(field)"
  }
  static func window(_ id: String) -> String { "a test that expects something of window \(id)" }
  static func target(_ id: String) -> String { "a test that expects due_at of window \(id)" }

  static func clock(_ key: String, _ id: String) -> String {
    "a test whose history comes to the '\(key)' of window \(id)"
  }

  static func reopening(_ id: String) -> String {
    "a test whose history opens the ticket again after \(id) had stopped, with due_at and elapsed"
  }

  static func targetChange(_ id: String) -> String {
    "a test whose history changes what decides the target of \(id) after its start, with due_at"
  }

  static func level(_ level: String, _ id: String) -> String {
    "a test that expects the notices, or the state 'warned', of window \(id) just before and at \(level)"
  }

  static func notice(_ id: String) -> String { "a test that expects the notice \(id) with its 'at'" }
  static func recipient(_ id: String) -> String { "a test that expects the notice \(id) with its 'to'" }
  static func delivery(_ id: String) -> String {
    "a test that expects 'at' of \(id) where it falls outside of hours"
  }
  static func repetition(_ id: String) -> String {
    "a test long after the notice \(id) fell due, with its 'at'"
  }

  static func step(_ from: String, _ to: String) -> String {
    "a test whose history goes from \(from) to \(to) and expects no finding workflow.\(to)"
  }

  static func forbiddenStep(_ from: String, _ to: String) -> String {
    "a test whose history goes from \(from) to \(to) and expects the finding workflow.\(to)"
  }

  static func guarding(_ check: String, _ state: String) -> String {
    "a test whose history enters \(state) against \(check), and is right later"
  }

  static func review(_ id: String) -> String {
    "a test with 'others' that are just enough, or just too few, for \(id)"
  }
  static func waiver(_ id: String, _ rule: String) -> String {
    "a test with a ticket to which \(id) applies, and that breaks \(rule), with 'waived: [\(rule)]'"
  }
  static func assignee(_ team: String) -> String {
    "a test that expects the assignee of a ticket for \(team)"
  }
  static func lead(_ team: String) -> String { "a test of a notice to team.lead for a ticket of \(team)" }
}
