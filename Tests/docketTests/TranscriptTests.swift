import Foundation
import Testing

@Suite("The program", .serialized)
struct TranscriptTests {
  @Test("writes what the transcript says, and ends with its exit code", arguments: Transcript.all)
  func transcript(transcript: Transcript) throws {
    let workspace = try TemporaryFolder(copyOf: Folders.workspace)
    var recorded = ""
    for step in try transcript.steps() {
      let actual = try Transcript.perform(step.command, in: workspace.path)
      recorded += step.comments + "$ \(step.command)\n" + actual
      if !isRecording { #expect(actual == step.expected, "$ \(step.command)") }
    }
    if isRecording { try Data(recorded.utf8).write(to: URL(filePath: transcript.path)) }
  }

  @Test("has transcripts") func transcripts() { #expect(Transcript.all.count >= 10) }
}

/// A file below `Fixtures/transcripts`: commands behind `$ `, each with what it writes to standard output, what it writes to
/// standard error (behind `! `), and its exit code.
struct Transcript: CustomTestStringConvertible {
  struct Step {
    /// The lines before the command, which begin with `# `.
    var comments: String
    var command: String
    var expected: String
  }

  let path: String

  static let all: [Transcript] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: Folders.transcripts)) ?? []
    return names.sorted().map { Transcript(path: "\(Folders.transcripts)/\($0)") }
  }()

  var testDescription: String { URL(filePath: path).deletingPathExtension().lastPathComponent }

  func steps() throws -> [Step] {
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    var steps: [Step] = []
    var comments = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("# ") {
        comments += line + "\n"
      } else if line.hasPrefix("$ ") {
        steps.append(Step(comments: comments, command: String(line.dropFirst(2)), expected: ""))
        comments = ""
      } else if !steps.isEmpty {
        steps[steps.count - 1].expected += line + "\n"
      }
    }
    return steps
  }

  static func perform(_ command: String, in folder: String) throws -> String {
    let result = try Program.shell(command, in: folder)
    let errors = result.errors.split(separator: "\n", omittingEmptySubsequences: false)
    var text = result.output
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n(no newline)\n" }
    for line in result.errors.isEmpty ? [] : errors.dropLast() {
      text += line.isEmpty ? "!\n" : "! \(line)\n"
    }
    if let last = errors.last, !last.isEmpty { text += "! \(last) (no newline)\n" }
    return text + "exit \(result.status)\n"
  }
}
