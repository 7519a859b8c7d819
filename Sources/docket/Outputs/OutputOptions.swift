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

    /// The same for two spellings of one file, as far as it is there.
    var realPath: String { resolvingLinks(path.hasPrefix("./") ? String(path.dropFirst(2)) : path) }

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

  /// What rule files end in, and the files that they name.
  private static let endings = ["yaml", "yml", "csv", "ics"]

  /// No report may take the place of a file that is read: of one of `files`, or of one of the rules in `folder`.
  func refuseReplacing(_ files: [String], in folder: String) throws(Failure) {
    let folder = resolvingLinks(folder) + "/"
    let files = Set(files.map(resolvingLinks))
    for output in all where output.path != "-" && kindOfFile(output.path) == .file {
      let path = resolvingLinks(output.path)
      let isRule = path.hasPrefix(folder) && Self.endings.contains { path.hasSuffix(".\($0)") }
      if files.contains(path) || isRule {
        throw Failure(.usage, "the report '\(output.path)' would take the place of a file that is read")
      }
    }
  }

  func validate() throws {
    var paths = Set<String>()
    for output in all where !paths.insert(output.realPath).inserted {
      throw ValidationError(
        output.path == "-"
          ? "two reports would go to standard output" : "two reports would go to '\(output.path)'")
    }
  }
}

extension ReportFormat: ExpressibleByArgument {}
