import ArgumentParser
import CommandOptions
import Engine
import PluginAPI
import Reports
import RuleEvaluator
import TicketModel
import WorkingTime

/// `docket explain`: how the decision about one ticket comes about.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Show how the decision about one ticket comes about.",
    discussion:
      "Shows every row tried, each window with its calendar arithmetic, and each finding, with file and line."
  )

  @Argument(help: "The ticket's id.")
  var id: String

  @OptionGroup var source: SourceOptions
  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var instant: InstantOption
  @OptionGroup var pluginOptions: PluginOptions

  mutating func run() async throws {
    let configuration = try source.configuration()
    let rulebook = try ruleOptions.load(configured: configuration.rules)
    let now = try instant.instant(in: rulebook.timeZone)
    let selection = try source.selection(configuration)
    let store = try await pluginOptions.plugins().openStore(selection)
    let pages = try await TicketReading.pages(of: store, selection.plugin, id: id)
    await store.close()
    let language = ruleOptions.language ?? configuration.language ?? rulebook.language
    let explanation = ExplanationText(rulebook, language: language)
    for page in pages {
      for record in page.records {
        let ticket = try TicketReading.decode(record, of: page, rulebook)
        try StandardOutput.write(
          explanation.text(about: ticket, at: now, source: "\(page.source):\(record.line)"))
      }
    }
  }
}
