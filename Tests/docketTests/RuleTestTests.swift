import Foundation
import Testing

@Suite("docket test")
struct RuleTestTests {
  @Test("passes for the reference rulebook: every row is hit, and every change is noticed or explained")
  func reference() throws {
    let thresholds = ["row", "cell", "condition"].flatMap { ["--min-\($0)-coverage", "100"] }
    let result = try test(["rules/technical-service"] + thresholds + ["--mutate", "--max-survivors", "0"])
    #expect(result.errors == "")
    #expect(result.status == 0)
    #expect(result.output.contains(/\d+ mutants: \d+ noticed, \d+ survived \(\d+ accepted\)/))
    #expect(!result.output.contains("SURVIVED"))
  }

  @Test("passes for the rulebook of real incidents: every change is noticed")
  func incidents() throws {
    let result = try test([
      "rules/servicenow-incidents", "--min-row-coverage", "100", "--mutate", "--max-survivors", "0",
    ])
    #expect(result.errors == "")
    #expect(result.status == 0)
  }

  @Test("reads tests that are no part of the rules: the identity of the rulebook stays")
  func identity() throws {
    let rules = TemporaryFolder()
    let copy = "\(rules.path)/rules"
    try FileManager.default.copyItem(atPath: ReferenceRulebook.folder, toPath: copy)
    let before = try Program.run(["lint", copy], in: rules.path)
    try FileManager.default.removeItem(atPath: "\(copy)/tests")
    try write("tests: []\n", to: "\(copy)/other.test.yaml")
    let after = try Program.run(["lint", copy], in: rules.path)
    #expect(before.output == after.output)
    #expect(before.output.contains("technical-service@"))
  }

  @Test("fails with 1 where a test fails, and says which row came nearest")
  func failure() throws {
    let rules = try Rules("expect: {priority: high}")
    let result = try rules.test()
    #expect(result.status == 1)
    #expect(
      result.output == """
        FAIL small.test.yaml:4: a small one
        small.test.yaml:5:24: error: priority: expected high, was low [test-failed]
          |
        5 |     expect: {priority: high}
          |                        ^^^^
          = rules.yaml:9: no row hit, so 'otherwise' holds
          = rules.yaml:8: row P-1, which gives high, was missed by one cell: size was small, not large

        1 test, 1 case: 1 failed

        """)
  }

  @Test(
    "fails with 2 where nothing can be run",
    arguments: [
      ("expect: {priority: hihg}", [], "the tests have 1 error; none was run"),
      ("expect: {priority: low}", ["--filter", "nothing"], "no test's name or file contains 'nothing'"),
    ])
  func refusals(expectation: String, options: [String], message: String) throws {
    let result = try Rules(expectation).test(options)
    #expect(result.status == 2)
    #expect(result.errors.contains(message))
    #expect(result.output == "")
  }

  @Test("takes no test for a failure")
  func none() throws {
    let rules = try Rules("expect: {priority: low}")
    try FileManager.default.removeItem(atPath: "\(rules.folder.path)/small.test.yaml")
    let result = try rules.test()
    #expect(result.status == 2)
    #expect(result.errors.contains("there is no test below \(rules.folder.path)"))
  }

  @Test(
    "fails where less was seen, or noticed, than asked for",
    arguments: [
      (["--min-row-coverage", "60"], "coverage of rows is 50 %, at least 60 % was asked for"),
      (["--min-cell-coverage", "1"], "coverage of cells is 0 %, at least 1 % was asked for"),
      (["--mutate", "--max-survivors", "1"], "mutants survived unexplained, at most 1 may"),
    ])
  func thresholds(options: [String], message: String) throws {
    let result = try Rules("expect: {priority: low}").test(options)
    #expect(result.status == 1)
    #expect(result.errors.contains(message))
    #expect(try Rules("expect: {priority: low}").test(["--min-row-coverage", "50"]).status == 0)
  }

  @Test(
    "refuses options that mean nothing together",
    arguments: [
      ["--max-survivors", "0"], ["--mutate-limit", "3"], ["--mutate", "--mutate-limit", "0"],
      ["--min-row-coverage", "101"], ["--jobs", "0"],
    ])
  func options(options: [String]) throws {
    #expect(try Rules("expect: {priority: low}").test(options).status == 2)
  }

  @Test("tries the same mutants in the same order, however many at once")
  func order() throws {
    let rules = try Rules("expect: {priority: low}")
    let one = try rules.test(["--mutate", "--jobs", "1"])
    #expect(one.output == (try rules.test(["--mutate", "--jobs", "3"]).output))
    #expect(one.output.contains("SURVIVED"))
    let limited = try rules.test(["--mutate", "--mutate-limit", "2"])
    #expect(limited.output.contains("2 mutants: "))
    #expect(limited.output.contains(" were left out"))
  }

  @Test("tells tools the same as JSON")
  func json() throws {
    let result = try Rules("expect: {priority: high}").test(["--json", "--coverage"])
    #expect(result.status == 1)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let summary = try #require(object?["summary"] as? [String: Int])
    #expect(summary == ["tests": 1, "cases": 1, "failed": 1])
    let cases = try #require(object?["cases"] as? [[String: Any]])
    let failures = try #require(cases[0]["failures"] as? [[String: Any]])
    #expect(failures[0]["message"] as? String == "priority: expected high, was low")
    #expect(failures[0]["at"] as? String == "small.test.yaml:5")
    let rows = (object?["coverage"] as? [String: Any])?["rows"] as? [String: Int]
    #expect(rows == ["seen": 1, "total": 2, "percent": 50])
  }

  @Test(
    "writes JUnit XML that a reader of others understands",
    .enabled(if: JUnitReader.isThere, "python3 -m pip install junitparser"))
  func junit() throws {
    let rules = try Rules("expect: {priority: high, findings: ['fields.*']}", name: "<one> & \"other\" 一")
    let result = try rules.test(["--junit", "results.xml"])
    #expect(result.status == 1)
    let read = try JUnitReader.read("\(rules.folder.path)/results.xml")
    #expect(
      read == """
        small: 1 tests, 1 failures
        small.test.yaml: 1 tests, 1 failures, 0 errors
        <one> & "other" 一 | small.test.yaml | expectation | priority: expected high, was low (and 1 more)

        """)
  }

  private func test(_ arguments: [String]) throws -> Program.Result {
    try Program.run(["test"] + arguments, in: Folders.repository)
  }
}

/// A rulebook of one table and one test.
private struct Rules {
  let folder = TemporaryFolder()

  /// - Parameter expectation: the test's `expect`, of a small ticket.
  init(_ expectation: String, name: String = "a small one") throws {
    try write(
      """
      format: 1
      rulebook: small
      fields: {id: {type: string, matches: 'T-.*'}, size: {type: choice, values: [large, small]}}
      priorities:
        levels: [high, low]
        hit: first
        inputs: [size]
        rows: [{id: P-1, size: large, priority: high}]
        otherwise: {priority: low}
      """, to: "\(folder.path)/rules.yaml")
    try write(
      """
      given: {id: T-1, size: small}
      as_of: 2026-03-02T09:00
      tests:
        - name: '\(name)'
          \(expectation)
      """, to: "\(folder.path)/small.test.yaml")
  }

  func test(_ options: [String] = []) throws -> Program.Result {
    try Program.run(["test", folder.path] + options, in: folder.path)
  }
}

private func write(_ text: String, to path: String) throws {
  try Data(text.utf8).write(to: URL(filePath: path))
}

/// The package junitparser, which pipelines read JUnit XML with.
private enum JUnitReader {
  static let isThere: Bool =
    (try? Program.shell("python3 -c 'import junitparser'", in: Folders.repository, withPath: true).status)
    == 0

  static func read(_ path: String) throws -> String {
    let program = """
      import sys, junitparser
      xml = junitparser.JUnitXml.fromfile(sys.argv[1])
      print(f"{xml.name}: {xml.tests} tests, {xml.failures} failures")
      for suite in xml:
          print(f"{suite.name}: {suite.tests} tests, {suite.failures} failures, {suite.errors} errors")
          for case in suite:
              for result in case.result:
                  print(case.name, case.classname, result.type, result.message, sep=" | ")
      """
    let script = TemporaryFolder()
    try write(program, to: "\(script.path)/read.py")
    return try Program.shell("python3 \(script.path)/read.py \(path)", in: script.path, withPath: true).output
  }
}
