package import ArgumentParser
package import Diagnostics
package import Engine
package import FileAccess
package import RuleEvaluator

/// Which rules, and in which language they speak.
package struct RuleOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The rulebook's folder.", valueName: "folder"))
  package var rules: String?

  @Option(
    help: ArgumentHelp(
      "The language of messages, such as zh or en; default: the rulebook's.", valueName: "tag"))
  package var language: String?

  @Flag(help: "Judge as if the rules had no waivers.")
  package var noWaivers = false

  package init() {}

  package static let defaultFolder = "rules/technical-service"

  /// The folder that the arguments or the configuration name.
  package func folder(configured: String? = nil) -> String { rules ?? configured ?? Self.unnamedFolder }

  /// What came with docket stands in where this folder has no rules at all, and never for rules that are elsewhere in it.
  private static var unnamedFolder: String {
    kindOfFile("rules") == nil ? Installation.rules ?? defaultFolder : defaultFolder
  }

  /// Loads the rules. Warnings go to standard error; errors end the command.
  package func load(configured: String? = nil) throws(Failure) -> Rulebook {
    try Self.rulebook(folder(configured: configured), honoringWaivers: !noWaivers)
  }

  /// The same of a folder that is named otherwise.
  package static func rulebook(_ path: String, honoringWaivers: Bool = true) throws(Failure) -> Rulebook {
    try sound(load(path, honoringWaivers: honoringWaivers), path, "no ticket was checked")
  }

  /// The rules with an expression that is tried out, and its index among theirs.
  package static func load(
    _ path: String, trying expression: SourceText
  ) throws(Failure) -> (rulebook: Rulebook, trial: Int) {
    let loaded = try load(path, expression)
    let isMistaken = loaded.diagnostics.contains { $0.place?.file == expression.path }
    let rulebook = try sound(
      loaded, isMistaken ? "the expression" : path, "nothing was evaluated")
    guard let trial = loaded.trial else { throw Failure(.failure, "the expression was lost") }
    return (rulebook, trial)
  }

  private static func sound(
    _ loaded: LoadedRulebook, _ what: String, _ consequence: String
  ) throws(Failure) -> Rulebook {
    let messages = TextRenderer(sources: loaded.sources, usesColor: Terminal.usesColor(.error))
    if !loaded.diagnostics.isEmpty { StandardError.write(messages.render(loaded.diagnostics)) }
    guard let rulebook = loaded.rulebook else {
      let errors = loaded.diagnostics.count { $0.severity == .error }
      throw Failure(.usage, "\(what) has \(errors) error\(errors == 1 ? "" : "s"); \(consequence)")
    }
    return rulebook
  }

  package static func load(
    _ path: String, _ expression: SourceText? = nil, honoringWaivers: Bool = true
  ) throws(Failure) -> LoadedRulebook {
    do {
      return try LoadedRulebook(path, trying: expression, honoringWaivers: honoringWaivers)
    } catch {
      throw Failure(error)
    }
  }
}

/// What the terminal can show.
package enum Terminal {
  /// Whether colour is wanted on a stream: it is a terminal, and NO_COLOR is not set (https://no-color.org).
  package static func usesColor(_ stream: StandardStream) -> Bool {
    stream.isTerminal && Environment.value(of: "NO_COLOR", default: "").isEmpty
  }
}
