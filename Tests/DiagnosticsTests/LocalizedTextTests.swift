import Diagnostics
import Testing

@Suite("A localized text")
struct LocalizedTextTests {
  @Test(
    "is the one in the language, in its primary language, without a language, or the first",
    arguments: [("zh", "中"), ("zh-CN", "中"), ("en-GB", "British"), ("en", "any"), ("de", "any")])
  func chosen(language: String, text: String) {
    let texts = LocalizedText([("zh", "中"), ("en-GB", "British"), ("", "any")])
    #expect(texts.text(in: language) == text)
    #expect(LocalizedText([("zh", "中"), ("fr", "f")]).text(in: "de") == "中")
    #expect(LocalizedText().text(in: language) == nil)
  }
}
