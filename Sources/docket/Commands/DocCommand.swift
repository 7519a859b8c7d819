import ArgumentParser
import CommandOptions
import FileAccess
import Reports
import RuleEvaluator

/// `docket doc`: the policy book of a rulebook.
struct DocCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doc", abstract: "Print the policy book: all rules in words, with their ids and places.",
    discussion: """
      Calendars, fields, priorities, decision tables, routing and teams, response windows, required fields by state, checks, \
      the workflow with a diagram, reviews, notifications and waivers, with the labels of the rulebook.
      """)

  @Argument(help: ArgumentHelp("The rulebook's folder.", valueName: "folder"))
  var rules: String = RuleOptions.defaultFolder

  @Option(help: ArgumentHelp("The language, zh or en; default: the rulebook's.", valueName: "tag"))
  var language: String?

  @Option(help: "What is written: markdown, or html (one page that needs nothing else).")
  var format: Format = .markdown

  @Option(help: ArgumentHelp("Write to a file rather than to standard output.", valueName: "file"))
  var output: String?

  enum Format: String, ExpressibleByArgument, CaseIterable { case markdown, html }

  mutating func run() throws {
    let rulebook = try RuleOptions.rulebook(rules)
    let book = PolicyBook(rulebook, language: language ?? rulebook.language).book
    switch format {
    case .markdown: try FileWriter.write(MarkdownBook().text(book), to: output ?? "-")
    case .html: try FileWriter.write(HTMLBook().text(book), to: output ?? "-")
    }
  }
}
