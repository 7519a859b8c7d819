import Foundation
import Testing

/// `rules/technical-service`, and its decisions about its samples.
enum ReferenceRulebook {
  static let folder = "\(Folders.repository)/rules/technical-service"
  /// Beside `samples/` rather than in it, so that a check of that folder does not take decisions for tickets.
  static let expected = "\(folder)/expected"
  static let samples = ["tickets.ndjson", "more.csv", "more.yaml", "steps.yaml", "recurring.yaml"].map {
    "rules/technical-service/samples/\($0)"
  }

  /// The program's answer about the samples, by the rules in `rules`.
  static func check(
    _ rules: String = "rules/technical-service", options: [String]
  ) throws -> Program.Result {
    let common = ["check", "--rules", rules, "--as-of", "2026-10-12T10:00:00+08:00", "--fail-on", "never"]
    return try Program.run(common + options + samples, in: Folders.repository)
  }

  /// The decisions, one line a ticket, without the identity of the rules.
  static func decisions(by copy: TemporaryFolder) throws -> [String] {
    try withExtendedLifetime(copy) { try decisions(by: copy.path) }
  }

  static func decisions(by rules: String) throws -> [String] {
    let result = try check(rules, options: ["--format", "ndjson"])
    guard result.status == 0 else { throw Refused(messages: result.errors) }
    return result.output.split(separator: "\n").map {
      String($0).replacing(/"rulebook":"technical-service@[0-9a-f]+"/, with: #""rulebook":"""#)
    }
  }

  /// The rules do not compile.
  struct Refused: Error { var messages: String }
}

/// A part of the reference rulebook's workflow that can be left out: one state of a `next`, one field of a `requires`, a guard.
struct WorkflowPart: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// The file without the part.
  let text: String

  static let all: [WorkflowPart] = {
    let lines = RuleText.lines(of: "workflow.yaml")
    var state = ""
    return lines.indices.flatMap { index in
      let line = lines[index]
      if let match = line.firstMatch(of: /^    ([a-z-]+):/) { state = String(match.1) }
      return shortened(line).map { part, rest in
        var lines = lines
        lines[index] = rest
        return WorkflowPart(
          testDescription: "\(state): \(part)", text: lines.joined(separator: "\n"))
      }
    }
  }()

  /// The line without each of its parts.
  private static func shortened(_ line: String) -> [(part: String, rest: String)] {
    if let match = line.firstMatch(of: /^ +(guard: .*)$/) { return [(String(match.1), "")] }
    guard let match = line.firstMatch(of: /(next|requires): \[([^\]]*)\]/) else { return [] }
    let items = match.2.components(separatedBy: ", ")
    return items.map { item in
      let rest = items.filter { $0 != item }.joined(separator: ", ")
      return ("\(match.1) \(item)", line.replacing(match.0, with: "\(match.1): [\(rest)]"))
    }
  }

  /// A copy of the rulebook without the part.
  func removed() throws -> TemporaryFolder {
    let copy = try TemporaryFolder(copyOf: ReferenceRulebook.folder)
    try Data(text.utf8).write(to: URL(filePath: "\(copy.path)/workflow.yaml"))
    return copy
  }
}

/// A rule of the reference rulebook: an item of a list with an id, or a named window.
struct RuleText: CustomTestStringConvertible, Sendable {
  let id: String
  /// Relative to the rulebook's folder.
  let file: String
  /// The lines on which it stands, from 0.
  let lines: Range<Int>

  var testDescription: String { id }

  /// Every rule of every file that decides; who is told of that is asserted by `NotificationRuleTests`.
  static let all: [RuleText] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: ReferenceRulebook.folder)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().flatMap(rules(in:)).filter {
      !$0.id.hasPrefix("E-") && !$0.id.hasPrefix("N-")
    }
  }()

  static func lines(of file: String, in folder: String = ReferenceRulebook.folder) -> [String] {
    let data = FileManager.default.contents(atPath: "\(folder)/\(file)") ?? Data()
    return String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
  }

  private static func rules(in file: String) -> [RuleText] {
    let lines = lines(of: file)
    var isWindows = false
    return lines.indices.compactMap { index in
      let line = lines[index]
      if line.first?.isLetter == true { isWindows = line == "windows:" }
      let id =
        if let match = line.firstMatch(of: /^ +- \{?id: ([A-Z0-9-]+)/) {
          String(match.1)
        } else if isWindows, let match = line.firstMatch(of: /^  ([a-z-]+):$/) {
          String(match.1)
        } else {
          String?.none
        }
      return id.map { RuleText(id: $0, file: file, lines: index..<end(of: index, in: lines)) }
    }
  }

  /// The line behind an item: the first that is not indented more than the item's own.
  private static func end(of start: Int, in lines: [String]) -> Int {
    let indentation = lines[start].prefix { $0 == " " }.count
    let rest = lines.indices[(start + 1)...]
    return rest.first { !lines[$0].isEmpty && lines[$0].prefix { $0 == " " }.count <= indentation }
      ?? lines.endIndex
  }

  /// A copy of the rulebook without this rule, and without the guard that it may be. Lines are left blank, so that other
  /// rules keep their places.
  func removed() throws -> TemporaryFolder {
    let copy = try replaced { _ in "" }
    let workflow = Self.lines(of: "workflow.yaml").map { $0.hasSuffix(" guard: \(id)") ? "" : $0 }
    try Data(workflow.joined(separator: "\n").utf8).write(to: URL(filePath: "\(copy.path)/workflow.yaml"))
    return copy
  }

  /// A copy of the rulebook in which each of this rule's lines is replaced.
  func replaced(_ replacement: (String) -> String) throws -> TemporaryFolder {
    let copy = try TemporaryFolder(copyOf: ReferenceRulebook.folder)
    var text = Self.lines(of: file)
    for line in lines { text[line] = replacement(text[line]) }
    try Data(text.joined(separator: "\n").utf8).write(to: URL(filePath: "\(copy.path)/\(file)"))
    return copy
  }
}
