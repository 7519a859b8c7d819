public import Diagnostics
public import RuleEvaluator

/// What a report is about: known before anything is found.
public struct ReportSubject: Sendable {
  public enum Job: String, Sendable { case check, lint }

  public var job: Job
  /// The version of docket.
  public var version: String
  /// The rulebook's name and digest; nil where it does not load.
  public var rulebook: String?
  /// What people call the rulebook.
  public var title: String
  /// The rulebook's folder as it was named, to which the places of rules are relative.
  public var folder: String
  public var language: Language
  /// The instant at which tickets were judged, as people read it; nil where none were.
  public var instant: String?
  /// All rules that findings can speak of, in the order of the rulebook.
  public var rules: [ReportedRule]
  /// By their index: what findings were waived by.
  public var waivers: [ReportedWaiver]
  /// From which severity on a finding fails the job; nil for none.
  public var failsFrom: Severity?
  /// What the folder that docket was started in is called, absolute, without a slash at the end: links can give it two names.
  public var startFolders: [String] = []
  /// Whether findings are compared with a baseline.
  public var hasBaseline = false

  public init(
    _ job: Job, version: String, rulebook: String?, title: String, folder: String, language: Language,
    instant: String? = nil, rules: [ReportedRule], waivers: [ReportedWaiver] = [], failsFrom: Severity?
  ) {
    self.job = job
    self.version = version
    self.rulebook = rulebook
    self.title = title
    self.folder = folder
    self.language = language
    self.instant = instant
    self.rules = rules
    self.waivers = waivers
    self.failsFrom = failsFrom
  }

  /// Whether `finding` makes the job fail.
  public func isFailed(by finding: ReportedFinding) -> Bool {
    guard let failsFrom, finding.standing == .new else { return false }
    return finding.severity >= failsFrom
  }

  /// The place of a rule from where docket was started.
  func place(_ place: Place) -> Place {
    var place = place
    if !place.file.hasPrefix("/"), !folder.isEmpty, folder != "." {
      place.file = folder.hasSuffix("/") ? folder + place.file : "\(folder)/\(place.file)"
    }
    return place
  }

  /// The path from where docket was started, where it leads to something below that; else the path as it is.
  func pathFromHere(_ path: String) -> String {
    for folder in startFolders where path.hasPrefix(folder + "/") {
      return String(path.dropFirst(folder.count + 1))
    }
    return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }

  /// Where a reader opens a file to see `finding`: at the ticket, else at the rule.
  func place(of finding: ReportedFinding) -> Place? {
    finding.record?.place ?? finding.rulePlace.map { place($0) }
  }
}

/// A rule that findings can speak of.
public struct ReportedRule: Sendable {
  public var id: String
  /// The section that it stands in, such as `checks`.
  public var section: String
  /// One line: what it asks for.
  public var title: String
  public var severity: Severity
  /// Relative to the rulebook's folder; nil for what no file holds.
  public var place: Place?
  /// More about it, as Markdown.
  public var help: String?

  public init(
    id: String, section: String, title: String, severity: Severity, place: Place?, help: String? = nil
  ) {
    self.id = id
    self.section = section
    self.title = title
    self.severity = severity
    self.place = place
    self.help = help
  }
}

/// A waiver as reports name it.
public struct ReportedWaiver: Sendable {
  public var id: String
  public var rule: String
  /// The last day on which it holds.
  public var until: String
  public var owner: String
  public var reason: String

  public init(id: String, rule: String, until: String, owner: String, reason: String) {
    self.id = id
    self.rule = rule
    self.until = until
    self.owner = owner
    self.reason = reason
  }
}
