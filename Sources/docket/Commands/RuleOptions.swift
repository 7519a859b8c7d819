import ArgumentParser
import Diagnostics
import Engine
import FileAccess
import RuleEvaluator

/// Which rules, and in which language they speak.
struct RuleOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The rulebook's folder.", valueName: "folder"))
  var rules: String?

  @Option(
    help: ArgumentHelp(
      "The language of messages, such as zh or en; default: the rulebook's.", valueName: "tag"))
  var language: String?

  static let defaultFolder = "rules/technical-service"

  /// Loads the rules. Warnings go to standard error; errors end the command.
  func load(configured: String? = nil) throws(Failure) -> Rulebook {
    let path = rules ?? configured ?? Self.defaultFolder
    let loaded = try Self.load(path)
    let messages = TextRenderer(sources: loaded.sources, usesColor: Terminal.usesColor(.error))
    if !loaded.diagnostics.isEmpty { StandardError.write(messages.render(loaded.diagnostics)) }
    guard let rulebook = loaded.rulebook else {
      let errors = loaded.diagnostics.count { $0.severity == .error }
      throw Failure(.usage, "\(path) has \(errors) error\(errors == 1 ? "" : "s"); no ticket was checked")
    }
    return rulebook
  }

  static func load(_ path: String) throws(Failure) -> LoadedRulebook {
    do {
      return try LoadedRulebook(path)
    } catch {
      throw Failure(error)
    }
  }
}

/// What the terminal can show.
enum Terminal {
  /// Whether colour is wanted on a stream: it is a terminal, and NO_COLOR is not set (https://no-color.org).
  static func usesColor(_ stream: StandardStream) -> Bool {
    stream.isTerminal && Environment.value(of: "NO_COLOR", default: "").isEmpty
  }
}
