/// The wording of a rule's message, in one or more languages, with places for values of the ticket.
public struct MessageTemplate: Sendable {
  public enum Segment: Hashable, Sendable {
    case text(String)
    /// The value of the field in this slot, as people write it.
    case field(slot: Int)
    /// The label of the field that the finding is about.
    case missingField
    /// What a notice is about; never in messages of findings.
    case notice(NoticePlaceholder)
  }

  private let translations: [(language: String, segments: [Segment])]

  /// - Precondition: at least one translation.
  public init(_ translations: [(language: String, segments: [Segment])]) {
    self.translations = translations
  }

  /// The segments in `language`, else those without a language, else the first.
  public func segments(in language: String) -> [Segment] {
    let match = translations.first { $0.language == language } ?? translations.first { $0.language == "" }
    return (match ?? translations.first)?.segments ?? []
  }
}
