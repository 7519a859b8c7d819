import PluginAPI
import Testing

@Suite("Recent keys")
struct RecentKeysTests {
  @Test("are those that came last, and no more than fit", arguments: [1, 2, 3, 7])
  func last(capacity: Int) {
    var keys = RecentKeys(capacity: capacity)
    for number in 0..<20 {
      keys.insert("\(number)")
      keys.insert("\(number)")
      let known = (0..<20).filter { keys.contains("\($0)") }
      #expect(known == Array(max(0, number - capacity + 1)...number))
    }
  }

  @Test("have room for at least one")
  func none() {
    var keys = RecentKeys(capacity: 0)
    keys.insert("a")
    #expect(keys.contains("a"))
  }
}
