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
}
