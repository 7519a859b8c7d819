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
      valueName: "format=file"), transform: Output.init(argument:))
  var output: [Output] = []

  @Option(
    help: ArgumentHelp(
      "The same on standard output; default: text, unless --output says more.", valueName: "format"))
  var format: ReportFormat?

  static let names = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")

  /// One report and its file.
  struct Output: Sendable {
    var format: ReportFormat
    var path: String

    init(format: ReportFormat, path: String) {
      self.format = format
      self.path = path
    }

    init(argument: String) throws {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
        String.init)
      guard parts.count == 2, !parts[1].isEmpty else {
        throw ValidationError("write format=file, such as sarif=docket.sarif or text=-")
      }
      guard let format = ReportFormat(rawValue: parts[0]) else {
        let names = ReportFormat.allCases.map(\.rawValue)
        throw ValidationError(
          "there is no format '\(parts[0])'; "
            + (suggestion(for: parts[0], among: names) ?? "the formats are \(names.joined(separator: ", "))"))
      }
      self.init(format: format, path: parts[1])
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
