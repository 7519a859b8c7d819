public import ArgumentParser
import CommandOptions
import Diagnostics
import FileAccess
public import Reports

/// Which reports are written, and where.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write a report as format=file; - is standard output. May be repeated. The formats are \(Self.names).",
      valueName: "format=file"))
  var output: [Output] = []

  @Option(
    help: ArgumentHelp("The same on standard output; default: text, unless --output says more.", valueName: "format"))
  var format: ReportFormat?

  static let names = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")

  /// One report and its file.
  struct Output: ExpressibleByArgument {
    var format: ReportFormat
    var path: String

    init(format: ReportFormat, path: String) {
      self.format = format
      self.path = path
    }

    init?(argument: String) {
      guard let split = argument.firstIndex(of: "="),
        let format = ReportFormat(rawValue: String(argument[..<split]))
      else { return nil }
      path = String(argument[argument.index(after: split)...])
      if path.isEmpty { return nil }
      self.format = format
    }
  }

  /// All reports that are asked for; empty where nothing is said.
  var all: [Output] { output + (format.map { [Output(format: $0, path: "-")] } ?? []) }

  func validate() throws {
    var paths = Set<String>()
    for output in all where !paths.insert(output.path).inserted {
      throw ValidationError(
        output.path == "-"
          ? "two reports would go to standard output" : "two reports would go to '\(output.path)'")
    }
  }
}

extension ReportFormat: ExpressibleByArgument {}
