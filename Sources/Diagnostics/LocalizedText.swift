/// A text in one or more languages, in the order in which they were written.
public struct LocalizedText: Hashable, Sendable {
  /// The language of a text that was given without one.
  public static let unspecified = ""

  public struct Translation: Hashable, Sendable {
    /// A language tag such as `zh` or `en`, or `unspecified`.
    public var language: String
    public var text: String
  }

  public private(set) var translations: [Translation]

  public init(_ translations: [(language: String, text: String)] = []) {
    self.translations = translations.map { Translation(language: $0.language, text: $0.text) }
  }

  public init(_ text: String) { self.init([(Self.unspecified, text)]) }

  public var isEmpty: Bool { translations.isEmpty }

  /// The text in `language`, else in the language without its region (`zh` for `zh-CN`), else the one without a
  /// language, else the first; nil where there is none at all.
  public func text(in language: String) -> String? {
    let primary = language.prefix { $0 != "-" }
    let match =
      translations.first { $0.language == language } ?? translations.first { $0.language == primary }
    return (match ?? translations.first { $0.language == Self.unspecified } ?? translations.first)?.text
  }
}
