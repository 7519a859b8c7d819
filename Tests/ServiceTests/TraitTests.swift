import Testing

@Suite("The service's tests")
struct TraitTests {
  #if Service
    static let isBuilt = true
  #else
    static let isBuilt = false
  #endif

  @Test("are built with the trait Service", .enabled(if: isBuilt, "swift test --traits Service"))
  func built() { #expect(Self.isBuilt) }
}
