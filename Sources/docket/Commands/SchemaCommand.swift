import ArgumentParser
import CommandOptions
import FileAccess
import PluginProtocol
import RuleSchema

/// `docket schema`: what rule files may hold, for editors.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of rule files, for editors.",
    discussion: """
      Draft 7, out of the declarations that the loader checks files by. docs/editor.md shows how editors use it; \
      `docket lsp` knows more.
      """)

  @Argument(
    help: "Of which files: rules, or holidays (files that calendars name).",
    transform: { word in
      guard let kind = RuleFileKind(rawValue: word) else {
        let known = RuleFileKind.allCases.map { "'\($0.rawValue)'" }
        throw ValidationError("'\(word)' is no kind of file: use \(known.joined(separator: " or ")).")
      }
      return kind
    })
  var kind: RuleFileKind = .rules

  @Option(help: ArgumentHelp("Write to a file rather than to standard output.", valueName: "file"))
  var output: String?

  mutating func run() throws {
    var bytes: [UInt8] = []
    bytes.appendIndentedJSON(JSONSchema.document(for: kind))
    bytes.append(0x0A)
    try FileWriter.write(String(decoding: bytes, as: UTF8.self), to: output ?? "-")
  }
}
