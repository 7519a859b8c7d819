import ArgumentParser
import CommandOptions
import Engine
import PluginAPI
import Reports
import RuleEvaluator
import TicketModel
import WorkingTime

/// `docket simulate`: what will happen to one ticket if nobody acts.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Foretell what happens to one ticket if nobody acts.",
    discussion: """
      Shows each warning, breach, escalation and notice until an instant: when it happens, who is told through which \
      notifiers, and in which words. Nothing is sent: no notifier is opened. What fell due before --as-of is not shown.
      """)

  @Argument(help: "The ticket's id.")
  var id: String

  @OptionGroup var end: EndOption
  @OptionGroup var source: SourceOptions
  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var instant: InstantOption
  @OptionGroup var pluginOptions: PluginOptions

  @Option(
    help: "What is written to standard output: text, ndjson (one line an event), or json (an array of these)."
  )
  var format: EventFormat = .text

  mutating func run() async throws {
    let configuration = try source.configuration()
    let rulebook = try ruleOptions.load(configured: configuration.rules)
    let now = try instant.instant(in: rulebook.timeZone)
    let end = try end.instant(after: now, in: rulebook.timeZone)
    let (ticket, place) = try await TicketReading.only(
      id, by: rulebook, in: try source.selection(configuration), pluginOptions)
    let language = ruleOptions.language ?? configuration.language ?? rulebook.language
    let outcome = Simulation(DeliveryPlanner(rulebook, language: language))
      .outcome(of: ticket, id: id, from: now, until: end)
    switch format {
    case .text:
      let text = SimulationText(rulebook, language: language)
      try StandardOutput.write(text.text(outcome, id: id, source: place, from: now, until: end))
    case .json, .ndjson:
      let lines = SimulationJSON(rulebook).text(outcome, id: id, from: now, until: end)
      try StandardOutput.write(format == .json ? JSONArray.document(of: lines) : lines)
    }
    if outcome.isCut { throw Self.cut(at: outcome.reached.text(in: rulebook.timeZone)) }
  }

  private static func cut(at reached: String) -> Failure {
    Failure(
      .usage,
      "stopped at \(reached) after \(Simulation.defaultStepLimit) steps; nothing is known of what follows",
      hint: "choose an earlier --until, or a longer 'repeat' in the rules")
  }
}
