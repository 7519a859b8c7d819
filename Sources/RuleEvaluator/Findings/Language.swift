/// The languages in which Docket itself speaks about tickets; rules may have messages in any.
public enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case chinese = "zh"

  /// The language for a tag such as `zh-CN`; English for tags that are not known.
  public init(tag: String) {
    self = tag.hasPrefix("zh") ? .chinese : .english
  }
}
