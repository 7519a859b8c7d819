import ArgumentParser
import CommandOptions
import Diagnostics
import Engine
import FileAccess
import Reports

/// Findings that are accepted for now.
struct BaselineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Findings that this file holds do not count; what is new does.", valueName: "file"))
  var baseline: String?

  @Flag(help: "Write the file of --baseline anew: what is found now is accepted.")
  var updateBaseline = false

  func validate() throws {
    if updateBaseline, baseline == nil { throw ValidationError("--update-baseline needs --baseline") }
  }

  /// What the file holds; nil where none is named. One that is about to be written need not be there.
  func read() throws(Failure) -> Baseline? {
    guard let baseline else { return nil }
    if updateBaseline, kindOfFile(baseline) == nil { return Baseline() }
    let source: SourceText
    do throws(FileError) { source = try readSource(baseline) } catch {
      let isMissing = kindOfFile(baseline) == nil
      throw Failure(.usage, error.message, hint: isMissing ? "--update-baseline writes it" : nil)
    }
    var diagnostics = [Diagnostic]()
    if let read = Baseline.read(source, into: &diagnostics) { return read }
    StandardError.write(
      TextRenderer(sources: [source], usesColor: Terminal.usesColor(.error)).render(diagnostics))
    throw Failure(.usage, "\(baseline) cannot be used as a baseline")
  }

  /// Keeps what was found, where that is asked for.
  func write(_ entries: [BaselineEntry: Severity], rulebook: String) throws(Failure) {
    guard updateBaseline, let baseline else { return }
    try FileWriter.write(Baseline.text(entries, rulebook: rulebook), to: baseline)
  }

  /// What the new file leaves out, and why; nil where no new one is written, and where it holds all.
  func remark(on unkept: UnkeptFindings) -> String? {
    guard updateBaseline, let baseline, unkept.total > 0 else { return nil }
    let parts = UnkeptFindings.Reason.allCases.filter { unkept[$0] > 0 }.map { reason in
      "\(unkept[reason]) \(reason.words)"
    }
    return "\(baseline) leaves out \(counted(unkept.total, "finding")): \(parts.joined(separator: ", "))"
  }
}

extension UnkeptFindings.Reason {
  fileprivate var words: String {
    switch self {
    case .noID: "of tickets without an id"
    case .invisibleID: "of tickets whose id has an invisible character"
    case .unreadable: "of records that cannot be read"
    case .aboutRules: "of the rules"
    }
  }
}
