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
    discussion: """
      Shows every row tried, each window with its calendar arithmetic, what nearly applied, notices and findings, with \
      file and line. With --what-if: what would change if the ticket had other values; nothing is written.
      """)

  @Argument(help: "The ticket's id.")
  var id: String

  @OptionGroup var source: SourceOptions
  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var instant: InstantOption
  @OptionGroup var pluginOptions: PluginOptions

  @Option(
    help: ArgumentHelp(
      "Assume another value of a field in the record as it is now; 'field=' for none. May be repeated.",
      valueName: "field=value"))
  var whatIf: [String] = []

  mutating func run() async throws {
    let configuration = try source.configuration()
    let rulebook = try ruleOptions.load(configured: configuration.rules)
    let now = try instant.instant(in: rulebook.timeZone)
    let assumptions = try WhatIfOption.assumptions(whatIf, rulebook.schema, rulebook.timeZone)
    let selection = try source.selection(configuration)
    let store = try await pluginOptions.plugins().openStore(selection)
    let pages = try await TicketReading.pages(of: store, selection.plugin, id: id)
    await store.close()
    let language = ruleOptions.language ?? configuration.language ?? rulebook.language
    for page in pages {
      for record in page.records {
        let text =
          assumptions.isEmpty
          ? try Self.explanation(of: record, page, rulebook, language, now)
          : try Self.comparison(of: record, page, assumptions, rulebook, language, now)
        try StandardOutput.write(text)
      }
    }
  }

  private static func explanation(
    of record: TicketPage.Record, _ page: TicketPage, _ rulebook: Rulebook, _ language: String, _ now: Instant
  ) throws(Failure) -> String {
    let ticket = try TicketReading.decode(record, of: page, rulebook)
    return ExplanationText(rulebook, language: language).text(
      about: ticket, at: now, source: "\(page.source):\(record.line)")
  }

  private static func comparison(
    of record: TicketPage.Record, _ page: TicketPage, _ assumptions: [TicketAssumption], _ rulebook: Rulebook,
    _ language: String, _ now: Instant
  ) throws(Failure) -> String {
    let ticket = try TicketReading.decode(record, of: page, rulebook)
    let changed = try TicketReading.decode(record, of: page, rulebook, assuming: assumptions)
    return AssumptionText(rulebook, language: language).text(
      about: ticket, changedTo: changed, in: assumptions.map(\.slot), at: now,
      source: "\(page.source):\(record.line)")
  }
}
