/// Who is told, as rules write it.
public enum Recipient: Hashable, Sendable {
  /// Whoever the ticket is assigned to: by the rules, else by the team's rotation.
  case assignee
  /// The team that the ticket goes to, by its name.
  case team
  case teamLead
  case teamMembers
  /// Whoever the field names.
  case field(slot: Int)
  /// A person, a role or an address, passed on as it is written.
  case name(String)

  /// The words of the rule language.
  public static let words = ["assignee", "team", "team.lead", "team.members"]

  /// The recipient that a word of the language means; nil for every other text.
  public init?(word: String) {
    switch word {
    case "assignee": self = .assignee
    case "team": self = .team
    case "team.lead": self = .teamLead
    case "team.members": self = .teamMembers
    default: return nil
    }
  }
}
