import Expressions
import Foundation
import Testing

@Suite("The conformance cases of cel-spec")
struct ConformanceTests {
  /// Cases that this implementation decides otherwise, and why.
  static let exceptions: [String: String] = [:]

  @Test("hold, except those that are listed with a reason")
  func conformance() throws {
    let cases = try ConformanceReader.cases()
    guard !cases.isEmpty else {
      return print("conformance cel: skipped, no cases in \(ConformanceReader.folder.path)")
    }
    var table = ConformanceTable()
    for example in cases {
      let difference = difference(example)
      table.count(example, passes: difference == nil)
      guard let difference else {
        #expect(Self.exceptions[example.id] == nil, "\(example.id) is listed as an exception, but holds")
        continue
      }
      if let reason = Self.exceptions[example.id] {
        print("conformance cel: \(example.id) differs: \(reason)")
      } else {
        Issue.record("\(example.testDescription): \(difference)")
      }
    }
    print("conformance cel: \(table.summary)")
    #expect(try Readme.table(recording: table.lines) == table.lines, "the module's README is out of date")
  }

  /// What is not as expected, or nil.
  private func difference(_ example: ConformanceCase) -> String? {
    let program: Program
    do {
      program = try compile(example)
    } catch {
      return expectsError(example) ? nil : "does not compile: \(error.problems.map(\.message))"
    }
    for expectation in example.expectations {
      if let difference = difference(example, program, expectation) { return difference }
    }
    return nil
  }

  private func compile(_ example: ConformanceCase) throws(ExpressionProblems) -> Program {
    var environment = Environment(example.variables)
    environment.container = example.container
    environment.allowsPresenceOfVariables = false
    environment.zoneOffset = { zone, seconds in
      TimeZone(identifier: zone)?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }
    for function in example.functions { environment.declare(function.name, function.signatures) }
    guard example.isChecked else {
      return try Program(unchecked: example.expression, in: environment, expandsMacros: example.expandsMacros)
    }
    return try Program(example.expression, in: environment)
  }

  private func expectsError(_ example: ConformanceCase) -> Bool {
    example.expectations.contains { if case .error = $0 { true } else { false } }
  }

  private func difference(
    _ example: ConformanceCase, _ program: Program, _ expectation: ConformanceCase.Expectation
  ) -> String? {
    switch expectation {
    case .type(let type): return program.type == type ? nil : "has type \(program.type), not \(type)"
    case .error:
      guard case .success(let value) = program.evaluate(ValueSlots(example.values)) else { return nil }
      return "gives \(value), not an error"
    case .value(let expected):
      switch program.evaluate(ValueSlots(example.values)) {
      case .success(let value): return isSame(value, expected) ? nil : "gives \(value), not \(expected)"
      case .failure(let error): return "fails: \(error.message), instead of giving \(expected)"
      }
    }
  }

  /// Also NaN is itself here.
  private func isSame(_ value: Value, _ expected: Value) -> Bool {
    if case .double(let left) = value, case .double(let right) = expected, left.isNaN { return right.isNaN }
    return value == expected
  }
}

/// Counts by section.
private struct ConformanceTable {
  private var rows: [(section: String, passed: Int, total: Int)] = []

  mutating func count(_ example: ConformanceCase, passes: Bool) {
    let section = "\(example.file)/\(example.section)"
    if rows.last?.section != section { rows.append((section, 0, 0)) }
    rows[rows.count - 1].total += 1
    if passes { rows[rows.count - 1].passed += 1 }
  }

  /// `1200 of 1210`
  var summary: String { "\(rows.reduce(0) { $0 + $1.passed }) of \(rows.reduce(0) { $0 + $1.total })" }

  /// As Markdown.
  var lines: [String] {
    ["| section | passed | cases |", "|---|---|---|"]
      + rows.map { "| \($0.section) | \($0.passed) | \($0.total) |" } + ["", "In all \(summary)."]
  }
}

/// The module's documentation, whose last part is the table.
private enum Readme {
  private static let url = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/Expressions/README.md").standardized

  /// What stands from the table's head on. With DOCKET_RECORD=1 that becomes `lines`.
  static func table(recording lines: [String]) throws -> [String] {
    let text = try String(contentsOf: url, encoding: .utf8)
    let all = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = all.firstIndex { $0 == lines[0] } ?? all.endIndex
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
      try Data((all[..<start] + lines).joined(separator: "\n").utf8 + [0x0A]).write(to: url)
      return lines
    }
    return Array(all[start...].dropLast(all.last == "" ? 1 : 0))
  }
}
