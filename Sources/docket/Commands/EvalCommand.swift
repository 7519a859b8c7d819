import ArgumentParser
import CommandOptions
import Diagnostics
import Engine
import FileAccess
import PluginAPI
import Reports
import RuleEvaluator
import TicketModel
import WorkingTime

/// `docket eval`: what an expression gives for a ticket.
struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Try out an expression on a ticket.",
    discussion: """
      The expression is checked as those of rules are, against the rulebook's fields and the outputs of its tables. \
      Prints its value, and what each part of it gave.

      Exit codes: 0 it has a value; 1 the value is false, or there is none; 2 usage, rules, or a mistake in the expression.
      """)

  @Argument(help: ArgumentHelp("The expression; - reads it from standard input.", valueName: "expression"))
  var expression: String

  @Option(
    help: ArgumentHelp(
      "A file with tickets in any format of the files store; - is standard input. Without it no field has a value.",
      valueName: "file"))
  var ticket: String?

  @Option(help: ArgumentHelp("The ticket's id; default: the first ticket of the file.", valueName: "id"))
  var id: String?

  @Flag(help: "Print the value alone.")
  var valueOnly = false

  @Option(help: ArgumentHelp("The rulebook's folder.", valueName: "folder"))
  var rules: String = RuleOptions.defaultFolder

  @OptionGroup var instant: InstantOption

  func validate() throws {
    if id != nil, ticket == nil { throw ValidationError("--id needs --ticket") }
    if expression == "-", ticket == "-" {
      throw ValidationError("the expression and the ticket cannot both be standard input")
    }
  }

  mutating func run() async throws {
    let source = try expressionSource()
    let (rulebook, index) = try RuleOptions.load(rules, trying: source)
    let now = try instant.instant(in: rulebook.timeZone)
    let ticket = try await readTicket(rulebook)
    var evaluator = Evaluator(rulebook)
    let trial = evaluator.tryExpression(index, ticket, at: now)
    try StandardOutput.write(ExpressionText(trial.trace, showsParts: !valueOnly).text)
    if let problem = trial.problem(in: source) {
      let renderer = TextRenderer(sources: [source], usesColor: Terminal.usesColor(.error))
      StandardError.write(renderer.render(problem))
      throw ExitStatus.findings
    }
    if trial.isFalse { throw ExitStatus.findings }
  }

  private func expressionSource() throws(Failure) -> SourceText {
    if expression != "-" { return SourceText(path: "expression", text: expression) }
    do {
      return try readSource("-", named: "expression")
    } catch {
      throw Failure(error)
    }
  }

  private func readTicket(_ rulebook: Rulebook) async throws(Failure) -> Ticket {
    guard let path = ticket else {
      return try TicketReading.decode(Array("{}".utf8), source: "", rulebook)
    }
    var configuration = PluginConfiguration(instance: "files")
    configuration.values["path"] = .list([.text(path)])
    let store = try await Plugins.linked.openStore(
      PluginSelection(plugin: "files", configuration: configuration))
    let page = try await page(of: store)
    await store.close()
    guard let page else { throw Failure(.usage, "there is no ticket in '\(path)'") }
    if let malformed = page.malformed.first, malformed.position == 0 {
      throw Failure(.findings, "\(page.source):\(malformed.line): \(malformed.message)")
    }
    return try TicketReading.decode(page.records[0], of: page, rulebook)
  }

  private func page(of store: any TicketStore) async throws(Failure) -> TicketPage? {
    if let id { return try await TicketReading.pages(of: store, "files", id: id).first }
    return try await TicketReading.firstPage(of: store, "files")
  }
}
