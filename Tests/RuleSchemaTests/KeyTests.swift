import Diagnostics
import PluginProtocol
import RuleSchema
import RuleSyntax
import Testing

@Suite("The declaration of a key")
struct KeyTests {
  @Test("is what the loader accepts", arguments: ConstructSample.all)
  func accepted(sample: ConstructSample) {
    #expect(sample.diagnostics(of: sample.complete).map(\.message) == [], "\(sample.complete)")
  }

  @Test("says whether the loader demands it", arguments: ConstructSample.all.filter(\.key.isRequired))
  func required(sample: ConstructSample) {
    let codes = sample.diagnostics(of: sample.without).map(\.code.rawValue)
    // A target without 'by' or 'hit' is taken for neither.
    let expected = ["missing-key", "missing-format", "wrong-shape"]
    #expect(codes.contains(where: expected.contains), "\(sample.without)")
  }

  @Test("is all that the loader knows", arguments: ConstructSample.all)
  func complete(sample: ConstructSample) {
    let unknown = sample.diagnostics(of: sample.withUnknown).filter { diagnostic in
      // Of a holiday the loader says what it may be.
      diagnostic.message.contains("bogus_key") || diagnostic.message.hasPrefix("a holiday must be")
    }
    #expect(!unknown.isEmpty, "\(sample.withUnknown)")
  }

  @Test("is in the schema, and nothing else is", arguments: Construct.allCases)
  func schema(construct: Construct) throws {
    let schema = JSONSchema.document(for: .rules)["definitions"]?[construct.rawValue]
    let properties = try #require(schema?["properties"]?.object)
    #expect(Set(properties.keys) == Set(construct.keys.map(\.name)))
    #expect(schema?["additionalProperties"] == .boolean(false) || construct.otherKeys != nil)
    let required = schema?["required"]?.list ?? []
    #expect(required.compactMap(\.text) == construct.keys.filter(\.isRequired).map(\.name))
    for key in construct.keys { #expect(properties[key.name]?["description"] == .text(key.documentation)) }
  }

  @Test("explains itself", arguments: ConstructSample.all)
  func documented(sample: ConstructSample) {
    let text = sample.key.documentation
    #expect(text.hasSuffix(".") && text.first?.isUppercase != false, "\(text)")
  }
}
