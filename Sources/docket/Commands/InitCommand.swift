import ArgumentParser
import CommandOptions
import Engine
import FileAccess

/// `docket init`: a small rulebook with tests, samples and settings.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Begin a rulebook: rules, tests and sample tickets that pass as they are.",
    discussion: """
      Asks on a terminal for what no option says; elsewhere, or with --yes, it takes the defaults. Writes into an empty or \
      new folder only.
      """)

  @Argument(help: "The folder to make.")
  var folder = "."

  @Option(help: "The rulebook's name: lower case letters, digits and hyphens; default: the folder's.")
  var name: String?

  @Option(
    help: ArgumentHelp(
      "zh, en, or zh,en: of labels and messages, the first is the rulebook's.", valueName: "tags"))
  var language: String?

  @Option(help: ArgumentHelp("Such as Asia/Shanghai; default: this machine's.", valueName: "zone"))
  var timeZone: String?

  @Option(help: "Working days; default: mon-fri.")
  var days: String?

  @Option(help: "Working hours; default: 09:00-12:00,13:00-17:00.")
  var hours: String?

  @Option(help: "A team's name; may be repeated. The first gets whatever no other does.")
  var team: [String] = []

  @Option(help: ArgumentHelp("The field that decides the priority; default: urgency.", valueName: "field"))
  var priorityField: String?

  @Flag(help: "Take the defaults for what no option says, without asking.")
  var yes = false

  mutating func run() throws {
    try Self.refuseUsed(folder)
    let questions = Questions(asks: !yes && StandardStream.input.isTerminal)
    let folderName = RulebookAnswers.named(folder.split(separator: "/").last.map(String.init) ?? "", "-")
    let scaffold = RulebookScaffold(
      name: try questions.answer(
        "Name of the rulebook", name, "--name", folderName ?? "desk", RulebookAnswers.name),
      languages: try questions.answer(
        "Languages (zh, en, or both)", language, "--language", Self.ownLanguage, RulebookAnswers.languages),
      timeZone: try questions.answer(
        "Time zone", timeZone, "--time-zone", Self.ownTimeZone, RulebookAnswers.timeZone),
      days: try questions.answer("Working days", days, "--days", "mon-fri", RulebookAnswers.days),
      hours: try questions.answer(
        "Working hours", hours, "--hours", "09:00-12:00,13:00-17:00", RulebookAnswers.hours),
      teams: try questions.answer(
        "Teams", team.isEmpty ? nil : team.joined(separator: ","), "--team", "service-desk,operations"
      ) { text throws(RulebookAnswers.Refusal) in try RulebookAnswers.teams(RulebookAnswers.words(text)) },
      field: try questions.answer(
        "Field that decides the priority", priorityField, "--priority-field", "urgency", RulebookAnswers.field
      ))
    try write(scaffold)
  }

  /// Nothing is written where anything stands already.
  private static func refuseUsed(_ folder: String) throws(Failure) {
    guard let kind = kindOfFile(folder) else { return }
    if kind != .folder { throw Failure(.usage, "\(folder) is there already, and is no folder") }
    guard let file = try files(below: folder).first else { return }
    throw Failure(
      .usage, "\(folder) is not empty: \(file) is there already; nothing was written",
      hint: "name a new folder")
  }

  private static func files(below folder: String) throws(Failure) -> [String] {
    do {
      return try filesBelow(folder)
    } catch {
      throw Failure(error)
    }
  }

  private func write(_ scaffold: RulebookScaffold) throws(Failure) {
    let files = scaffold.files
    do {
      for (path, text) in files {
        let path = "\(folder)/\(path)"
        if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash])) }
        var writer = try FileWriter(path)
        try writer.write(Array(text.utf8))
        try writer.commit()
      }
    } catch {
      throw Failure(error)
    }
    let next =
      (folder == "." ? [] : ["cd \(folder)"]) + ["docket lint rules", "docket test rules", "docket check"]
    try StandardOutput.write(
      "\(folder) holds the rulebook '\(scaffold.name)' in \(files.count) files. Next:\n"
        + next.map { "  \($0)\n" }.joined())
  }

  // MARK: Defaults

  private static var ownLanguage: String {
    let tag = Environment.value(of: "LC_ALL") ?? Environment.value(of: "LANG") ?? ""
    return tag.hasPrefix("zh") ? "zh" : "en"
  }

  private static var ownTimeZone: String {
    var names = [String]()
    if let name = Environment.value(of: "TZ") { names.append(name) }
    if let bytes = try? readFile("/etc/timezone") {
      names.append(String(String(decoding: bytes, as: UTF8.self).prefix { !$0.isWhitespace }))
    }
    return names.first { SystemTimeZones().rules(for: $0) != nil } ?? "UTC"
  }
}

/// Questions to whoever sits before the terminal; without one, the defaults answer.
private struct Questions {
  var asks: Bool

  /// The answer of an option, of a person, or the default. A person may try again; an option may not.
  func answer<Answer>(
    _ question: String, _ given: String?, _ option: String, _ other: String,
    _ check: (String) throws(RulebookAnswers.Refusal) -> Answer
  ) throws(Failure) -> Answer {
    if given != nil || !asks { return try answer(given ?? other, option, check) }
    while true {
      StandardError.write("\(question) [\(other)]: ")
      guard let line = readLine() else {
        throw Failure(.usage, "the answers ended early; nothing was written")
      }
      let text = RulebookAnswers.words(line).joined(separator: ",")
      do throws(RulebookAnswers.Refusal) {
        return try check(text.isEmpty ? other : text)
      } catch {
        StandardError.write("  \(error.message)\n" + (error.hint.map { "  = \($0)\n" } ?? ""))
      }
    }
  }

  private func answer<Answer>(
    _ text: String, _ option: String, _ check: (String) throws(RulebookAnswers.Refusal) -> Answer
  ) throws(Failure) -> Answer {
    do throws(RulebookAnswers.Refusal) {
      return try check(text)
    } catch {
      throw Failure(.usage, "\(option): \(error.message)", hint: error.hint)
    }
  }
}
