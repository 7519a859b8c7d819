import ByteOutput
import Diagnostics

/// A report in SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), as code scanning reads it.
///
/// GitHub refuses a file of more than 25,000 results or rules (docs.github.com, "SARIF results exceed one or more limits"):
/// the worst are kept, and a notification in the file tells how many were left out.
struct SARIFReport: FindingReport {
  private let subject: ReportSubject
  private var worst = WorstFindings(limit: Self.largestResultCount)

  static let largestResultCount = 25_000
  static let largestRuleCount = 25_000
  /// GitHub cuts the descriptions of rules there; it is enough for a message, too.
  private static let longestText = 1024

  init(_ subject: ReportSubject) { self.subject = subject }

  mutating func add(_ finding: ReportedFinding, into bytes: inout ByteWriter) {
    worst.add(finding.clipped(to: Self.longestText))
  }

  func end(_ summary: ReportSummary, into bytes: inout ByteWriter) {
    bytes.append(literal: #"{"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json","#)
    bytes.append(literal: "\"runs\":[{\"tool\":")
    bytes.append(tool)
    bytes.append(literal: ",\n\"automationDetails\":")
    bytes.append(["id": .text("docket/\(subject.job.rawValue)/")])
    bytes.append(literal: ",\"columnKind\":\"unicodeCodePoints\",\"originalUriBaseIds\":")
    bytes.append(["%SRCROOT%": ["description": ["text": "where docket was started"]]])
    bytes.append(literal: ",\"invocations\":")
    bytes.append([invocation])
    bytes.append(literal: ",\n\"results\":[")
    let indexes = ruleIndexes
    for (number, finding) in worst.all.enumerated() {
      bytes.append(literal: number == 0 ? "\n" : ",\n")
      bytes.append(result(finding, ruleIndex: indexes[finding.rule]))
    }
    bytes.append(literal: "\n]}]}\n")
  }

  // MARK: The tool

  private var rules: ArraySlice<ReportedRule> { subject.rules.prefix(Self.largestRuleCount) }

  private var ruleIndexes: [String: Int] {
    Dictionary(rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  private var tool: JSONTree {
    [
      "driver": [
        "name": "docket", "version": .text(subject.version), "semanticVersion": .text(subject.version),
        "properties": ["rulebook": subject.rulebook.map { .text($0) } ?? .absent],
        "rules": .list(rules.map { rule($0) }),
      ]
    ]
  }

  private func rule(_ rule: ReportedRule) -> JSONTree {
    [
      "id": .text(rule.id),
      "shortDescription": ["text": .text(rule.title.escapedBraces(limit: Self.longestText))],
      "help": rule.help.map(\.escapedBraces).map { ["text": .text($0), "markdown": .text($0)] } ?? .absent,
      "defaultConfiguration": ["level": .text(rule.severity.level)],
      "properties": ["tags": [.text(rule.section)]],
    ]
  }

  private var invocation: JSONTree {
    // Rules that do not load are judged by nobody.
    let isSuccessful = JSONTree.flag(subject.rulebook != nil)
    guard worst.omitted > 0 else { return ["executionSuccessful": isSuccessful] }
    let text =
      "\(worst.omitted) of \(worst.omitted + worst.count) results were left out, the mildest first: GitHub takes \(Self.largestResultCount)"
    return [
      "executionSuccessful": isSuccessful,
      "toolExecutionNotifications": [["level": "warning", "message": ["text": .text(text)]]],
    ]
  }

  // MARK: Results

  private func result(_ finding: ReportedFinding, ruleIndex: Int?) -> JSONTree {
    let about = finding.subject.isEmpty ? "" : "\(finding.subject): "
    let hint = finding.hint.map { "; \($0)" } ?? ""
    return [
      "ruleId": .text(finding.rule), "ruleIndex": ruleIndex.map { .number($0) } ?? .absent,
      "level": .text(finding.severity.level),
      "message": ["text": .text((about + finding.message + hint).withoutLinks.escapedBraces)],
      "locations": [location(of: finding)], "relatedLocations": rulePlace(of: finding),
      "partialFingerprints": ["docket/v1": .text(finding.fingerprint)],
      "baselineState": subject.hasBaseline
        ? .text(finding.standing == .known ? "unchanged" : "new") : .absent,
      "suppressions": suppressions(finding.standing),
      "properties": ["ticket": .optional(finding.ticket), "field": .optional(finding.field)],
    ]
  }

  /// GitHub wants a file; where a ticket stands in none, the name of its source takes that place.
  private func location(of finding: ReportedFinding) -> JSONTree {
    let physical =
      subject.place(of: finding).map { physicalLocation($0) }
      ?? [
        "artifactLocation": [
          "uri": .text((finding.record?.source ?? subject.pathFromHere(subject.folder)).escapedURI)
        ]
      ]
    let logical: JSONTree =
      finding.ticket.map { [["name": .text($0), "kind": "object"]] } ?? .absent
    return ["physicalLocation": physical, "logicalLocations": logical]
  }

  /// The rule, where the location is the ticket.
  private func rulePlace(of finding: ReportedFinding) -> JSONTree {
    guard finding.record?.place != nil, let place = finding.rulePlace else { return .absent }
    return [
      [
        "id": 1, "physicalLocation": physicalLocation(subject.place(place)),
        "message": ["text": .text("rule \(finding.rule.escapedBraces)")],
      ]
    ]
  }

  private func physicalLocation(_ place: Place) -> JSONTree {
    let path = subject.pathFromHere(place.file)
    let isAbsolute = path.hasPrefix("/")
    return [
      "artifactLocation": [
        "uri": .text((isAbsolute ? "file://" : "") + path.escapedURI),
        "uriBaseId": isAbsolute ? .absent : "%SRCROOT%",
      ],
      "region": [
        "startLine": .number(place.start.line), "startColumn": .number(place.start.column),
        "endLine": .number(place.end.line), "endColumn": .number(place.end.column),
      ],
    ]
  }

  private func suppressions(_ standing: ReportedFinding.Standing) -> JSONTree {
    guard case .waived(let index) = standing, subject.waivers.indices.contains(index) else { return .absent }
    let waiver = subject.waivers[index]
    let why = "\(waiver.id), until \(waiver.until), by \(waiver.owner): \(waiver.reason)"
    return [["kind": "external", "status": "accepted", "justification": .text(why)]]
  }
}

extension Severity {
  /// SARIF 2.1.0, 3.27.10.
  fileprivate var level: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }
}

extension String {
  /// Without embedded links, which viewers would make of what a stranger wrote (SARIF 2.1.0, 3.11.6).
  fileprivate var withoutLinks: String { replacing("](", with: "] (") }

  /// With braces that stand for themselves, and for no argument of the message (SARIF 2.1.0, 3.11.5).
  fileprivate var escapedBraces: String { replacing("{", with: "{{").replacing("}", with: "}}") }

  /// The same, with as many of the characters as have room in `limit`.
  fileprivate func escapedBraces(limit: Int) -> String {
    let whole = escapedBraces
    if whole.count <= limit { return whole }
    var (end, length) = (startIndex, 1)
    while length < limit {
      length += self[end] == "{" || self[end] == "}" ? 2 : 1
      if length <= limit { end = index(after: end) }
    }
    return String(self[..<end]).escapedBraces + "…"
  }

  /// As a path of a URI (RFC 3986, 3.3): what is not plain ASCII is percent-encoded.
  fileprivate var escapedURI: String {
    var result = ""
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}
