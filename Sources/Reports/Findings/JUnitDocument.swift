import ByteOutput

/// Results as JUnit XML, as Jenkins, GitLab and most pipelines read it (junit-10.xsd of Jenkins' xUnit plugin).
///
/// Pure: it knows neither tests nor tickets; whoever has results says what is a suite and what is a case.
public struct JUnitDocument: Sendable {
  /// One thing that passed, or did not.
  public struct Case: Sendable {
    public var name: String
    /// What groups cases below their suite, such as a file.
    public var className: String
    /// One sentence each; empty for a case that passed.
    public var failures: [Failure]
    /// Why it was not judged; nil for a case that was.
    public var skipped: String?
    /// Lines that say more about a case that passed.
    public var output: [String] = []

    public init(name: String, className: String, failures: [Failure] = []) {
      self.name = name
      self.className = className
      self.failures = failures
    }
  }

  public struct Failure: Sendable {
    /// One line.
    public var message: String
    /// What kind of failure it is: a code, or a rule.
    public var type: String
    /// All that a person needs to see.
    public var text: String

    public init(message: String, type: String, text: String) {
      self.message = message
      self.type = type
      self.text = text
    }
  }

  public struct Suite: Sendable {
    public var name: String
    /// The file that its cases stand in. The schema has no such attribute for a case.
    public var file: String?
    public var cases: [Case]

    public init(name: String, file: String? = nil, cases: [Case]) {
      self.name = name
      self.file = file
      self.cases = cases
    }
  }

  public var name: String
  public var suites: [Suite]

  public init(name: String, suites: [Suite]) {
    self.name = name
    self.suites = suites
  }

  /// The whole document. Several failures of a case are one element, since the schema allows no more.
  public var xml: String {
    var bytes = ByteWriter()
    bytes.append(literal: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites")
    let cases = suites.flatMap(\.cases)
    bytes.append(attribute: "name", name)
    bytes.appendCounts(of: cases)
    bytes.append(literal: ">\n")
    for suite in suites { Self.write(suite, into: &bytes) }
    bytes.append(literal: "</testsuites>\n")
    return bytes.text
  }

  private static func write(_ suite: Suite, into bytes: inout ByteWriter) {
    bytes.append(literal: "  <testsuite")
    bytes.append(attribute: "name", suite.name)
    if let file = suite.file { bytes.append(attribute: "file", file) }
    bytes.appendCounts(of: suite.cases)
    bytes.append(attribute: "errors", "0")
    bytes.append(attribute: "skipped", String(suite.cases.count { $0.skipped != nil }))
    // The schema wants a time; docket tells none, because it would make every report another.
    bytes.append(attribute: "time", "0")
    bytes.append(literal: ">\n")
    for testCase in suite.cases { write(testCase, into: &bytes) }
    bytes.append(literal: "  </testsuite>\n")
  }

  private static func write(_ testCase: Case, into bytes: inout ByteWriter) {
    bytes.append(literal: "    <testcase")
    bytes.append(attribute: "name", testCase.name)
    bytes.append(attribute: "classname", testCase.className)
    bytes.append(attribute: "time", "0")
    var content = ByteWriter()
    if let skipped = testCase.skipped { write(skipped: skipped, into: &content) }
    if let first = testCase.failures.first {
      write(first, of: testCase.failures, into: &content)
    } else if !testCase.output.isEmpty {
      write(output: testCase.output, into: &content)
    }
    if content.count == 0 { return bytes.append(literal: "/>\n") }
    bytes.append(literal: ">\n")
    content.withBytes { bytes.append($0) }
    bytes.append(literal: "    </testcase>\n")
  }

  private static func write(skipped why: String, into bytes: inout ByteWriter) {
    bytes.append(literal: "      <skipped")
    bytes.append(attribute: "message", why)
    bytes.append(literal: "/>\n")
  }

  private static func write(_ first: Failure, of failures: [Failure], into bytes: inout ByteWriter) {
    bytes.append(literal: "      <failure")
    let more = failures.count - 1
    bytes.append(attribute: "message", first.message + (more > 0 ? " (and \(more) more)" : ""))
    bytes.append(attribute: "type", first.type)
    bytes.append(literal: ">")
    bytes.append(xml: failures.map(\.text).joined(separator: "\n"))
    bytes.append(literal: "</failure>\n")
  }

  private static func write(output lines: [String], into bytes: inout ByteWriter) {
    bytes.append(literal: "      <system-out>")
    bytes.append(xml: lines.joined(separator: "\n"))
    bytes.append(literal: "</system-out>\n")
  }
}

extension ByteWriter {
  fileprivate mutating func append(attribute name: StaticString, _ value: String) {
    append(literal: " ")
    append(literal: name)
    append(literal: "=\"")
    append(xml: value)
    append(literal: "\"")
  }

  fileprivate mutating func appendCounts(of cases: [JUnitDocument.Case]) {
    append(attribute: "tests", String(cases.count))
    append(attribute: "failures", String(cases.count { !$0.failures.isEmpty }))
  }

  /// Text of an element or an attribute: escaped, and without characters that XML 1.0 does not have.
  fileprivate mutating func append(xml text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": append(literal: "&amp;")
      case "<": append(literal: "&lt;")
      case ">": append(literal: "&gt;")
      case "\"": append(literal: "&quot;")
      case "\n", "\t": append(text: String(scalar))
      default: append(text: scalar.isXML ? String(scalar) : "\u{FFFD}")
      }
    }
  }
}

extension Unicode.Scalar {
  /// XML 1.0, production 2.
  fileprivate var isXML: Bool { value >= 0x20 && value != 0xFFFE && value != 0xFFFF }
}
