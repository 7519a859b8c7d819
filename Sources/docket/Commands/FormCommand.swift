import ArgumentParser
import CommandOptions
import CommandOptions
import Engine
import FileAccess
import Reports
import RuleEvaluator
import TicketModel
import WorkingTime

/// `docket form`: the whole record of one ticket as a form to print.
struct FormCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "form", abstract: "Print the whole record of one ticket as a form.",
    discussion: """
      Shows all declared fields by section, with the labels of the rulebook, then what the rules decide, the windows, the \
      findings and the history. Masked fields show as ***; the history shows what changed and when, not by whom.
      """)

  @Argument(help: "The ticket's id.")
  var id: String

  @OptionGroup var source: SourceOptions
  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var instant: InstantOption
  @OptionGroup var pluginOptions: PluginOptions

  @Option(help: "What is written: markdown, or html (one page that needs nothing else).")
  var format: Format = .markdown

  @Option(help: ArgumentHelp("Write to a file rather than to standard output.", valueName: "file"))
  var output: String?

  enum Format: String, ExpressibleByArgument, CaseIterable { case markdown, html }

  mutating func run() async throws {
    let configuration = try source.configuration()
    let rulebook = try ruleOptions.load(configured: configuration.rules)
    let now = try instant.instant(in: rulebook.timeZone)
    let (ticket, _) = try await TicketReading.only(
      id, by: rulebook, in: try source.selection(configuration), pluginOptions)
    let language = ruleOptions.language ?? configuration.language ?? rulebook.language
    let form = RecordForm(rulebook, language: language).form(of: ticket, id: id, at: now)
    switch format {
    case .markdown: try FileWriter.write(MarkdownForm().text(form), to: output ?? "-")
    case .html: try FileWriter.write(HTMLForm().text(form), to: output ?? "-")
    }
  }
}
