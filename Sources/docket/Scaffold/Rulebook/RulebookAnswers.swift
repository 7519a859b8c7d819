import CommandOptions
import Diagnostics
import Engine
import WorkingTime

/// What people say about a new rulebook, checked: each answer is either taken over or told what is wrong with it.
struct RulebookAnswers {
  /// Why an answer cannot be taken, and what to write instead.
  struct Refusal: Error {
    var message: String
    var hint: String?
  }

  /// The names that the files have for fields of their own.
  private static let fields = [
    "id", "status", "title", "submitted_at", "responded_at", "area", "solution", "priority", "history",
    "team",
  ]

  /// What cells, YAML and tests take for something else.
  private static let words: Set<String> = [
    "absent", "any", "expr", "false", "none", "not", "now", "null", "otherwise", "present", "true",
  ]

  private static func refuseWord(_ text: String) throws(Refusal) {
    if !words.contains(text) { return }
    throw Refusal(message: "'\(text)' has a meaning of its own in rules", hint: "take another name")
  }

  static func name(_ text: String) throws(Refusal) -> String {
    try refuseWord(text)
    if isName(text, "-") { return text }
    throw Refusal(
      message: "'\(text)' is no name for a rulebook: write lower case letters, digits and hyphens",
      hint: named(text, "-").map { "such as \($0)" })
  }

  static func teams(_ texts: [String]) throws(Refusal) -> [String] {
    var teams = [String]()
    for text in texts {
      try refuseWord(text)
      guard isName(text, "-") else {
        throw Refusal(
          message: "'\(text)' is no name for a team: write lower case letters, digits and hyphens",
          hint: named(text, "-").map { "such as \($0)" })
      }
      if teams.contains(text) { throw Refusal(message: "the team '\(text)' is named twice", hint: nil) }
      teams.append(text)
    }
    if teams.isEmpty { throw Refusal(message: "there is no team", hint: "name one, such as service-desk") }
    return teams
  }

  static func field(_ text: String) throws(Refusal) -> String {
    try refuseWord(text)
    guard isName(text, "_") else {
      throw Refusal(
        message: "'\(text)' is no name for a field: write lower case letters, digits and underscores",
        hint: named(text, "_").map { "such as \($0)" })
    }
    if fields.contains(text) {
      throw Refusal(message: "every new rulebook has a field '\(text)' already", hint: "such as urgency")
    }
    return text
  }

  static func languages(_ text: String) throws(Refusal) -> [RulebookScaffold.Language] {
    var languages = [RulebookScaffold.Language]()
    for part in words(text) {
      guard let language = RulebookScaffold.Language(rawValue: part) else {
        throw Refusal(message: "'\(part)' is none of the languages zh and en", hint: "write zh, en, or zh,en")
      }
      if !languages.contains(language) { languages.append(language) }
    }
    if languages.isEmpty { throw Refusal(message: "there is no language", hint: "write zh, en, or zh,en") }
    return languages
  }

  static func timeZone(_ text: String) throws(Refusal) -> String {
    let zones = SystemTimeZones()
    if zones.rules(for: text) != nil { return text }
    throw Refusal(
      message: "there is no time zone '\(text)'",
      hint: zones.nearestName(to: text).map { "did you mean '\($0)'?" } ?? "write it as Europe/Berlin")
  }

  static func days(_ text: String) throws(Refusal) -> String {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Weekday(abbreviation: $0) }
    let isRange = ends.count == 2 && ends.allSatisfy { $0 != nil }
    if let first = ends.first, let day = first,
      ends.count == 1 || isRange && ends[1].map({ day < $0 }) == true
    {
      return text
    }
    throw Refusal(message: "'\(text)' are no days of the week", hint: "write them as mon-fri")
  }

  static func hours(_ text: String) throws(Refusal) -> [String] {
    var hours = [OpeningInterval]()
    for part in words(text) {
      do throws(TimeSyntaxError) {
        hours.append(try OpeningInterval.parse(part))
      } catch {
        throw Refusal(message: "'\(part)': \(error.message)", hint: "write them as 09:00-12:00,13:30-18:00")
      }
    }
    let week = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, hours) })
    let calendar = WorkingCalendar.Specification(name: "office", zone: .utc, weeklyHours: week)
    if let problem = calendar.problems().first { throw Refusal(message: problem.message, hint: problem.hint) }
    return hours.map(\.text)
  }

  // MARK: Names

  /// The parts of a list that is written with commas.
  static func words(_ text: String) -> [String] {
    text.split(separator: ",").map { part in part.split(separator: " ").joined(separator: " ") }
  }

  private static func isName(_ text: String, _ joint: Character) -> Bool {
    let isLetter = { (character: Character) in character >= "a" && character <= "z" && character.isASCII }
    guard let first = text.first, isLetter(first), text.last != joint else { return false }
    return text.allSatisfy { isLetter($0) || $0 == joint || $0.isASCII && $0.isNumber }
  }

  /// The name that is nearest to what was written; nil where no letter can be kept.
  static func named(_ text: String, _ joint: Character) -> String? {
    let parts = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let name = String(parts.joined(separator: String(joint)).drop { $0.isNumber || $0 == joint })
    return isName(name, joint) ? name : nil
  }
}
