import Foundation
import Testing

@Suite("The record form of the reference rulebook")
struct ReferenceFormTests {
  /// A ticket that went all the way, one that waits, one with a plain name where a role must stand, one that is malformed in
  /// places, one out of a spreadsheet.
  static let tickets = ["202601-001", "202610-005", "202607-001", "202606-003", "202610-010"]

  struct Case: CustomTestStringConvertible {
    var ticket: String
    var language: String
    var format: String

    var file: String { "\(ticket).\(language).\(format == "html" ? "html" : "md")" }
    var testDescription: String { file }
  }

  static let cases = tickets.flatMap { ticket in
    ["zh", "en"].flatMap { language in
      ["markdown", "html"].map { Case(ticket: ticket, language: language, format: $0) }
    }
  }

  @Test("holds every field, as recorded", arguments: cases)
  func golden(example: Case) throws {
    let options = [
      "--as-of", "2026-10-12T10:00:00+08:00", "--language", example.language, "--format", example.format,
    ]
    let result = try Program.run(
      ["form", example.ticket] + ReferenceRulebook.samples + options, in: Folders.repository)
    #expect(result.errors == "" && result.status == 0)
    let form = result.output.replacing(/technical-service@[0-9a-f]+/, with: "technical-service@")
    let path = URL(filePath: "\(Folders.tests)/Fixtures/forms/\(example.file)")
    if isRecording { try Data(form.utf8).write(to: path) }
    #expect(form == String(decoding: try Data(contentsOf: path), as: UTF8.self))
    #expect(!form.contains("张伟"))
  }

  @Test("has the stages of the process, in their order") func stages() throws {
    let form = String(
      decoding: try Data(contentsOf: URL(filePath: "\(Folders.tests)/Fixtures/forms/202601-001.zh.md")),
      as: UTF8.self)
    let stages = form.split(separator: "\n").filter { $0.hasPrefix("## ") }.prefix(6).map {
      String($0.dropFirst(3))
    }
    #expect(
      stages == ["1 问题发起与提交", "2 问题记录与分类", "3 问题分派与确认", "4 问题处理与跟踪", "5 解决方案验证", "6 结果反馈与归档"])
  }
}
