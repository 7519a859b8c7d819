import PluginProtocol
import Testing

@testable import PluginHost

@Suite("The time that a request has")
struct VigilTests {
  private static let deadlines: Deadlines = {
    var deadlines = Deadlines()
    deadlines.listIdle = 500
    deadlines.list = 1_000
    return deadlines
  }()

  @Test("begins anew with each word of progress, of this request or of all", arguments: ["1", nil])
  func progress(of id: String?) {
    var vigil = Vigil(Self.deadlines)
    let isFirst = vigil.begin("1", .list, now: 0)
    #expect(isFirst)
    vigil.noteSign(id, now: 400)
    let early = vigil.look(now: 899)
    #expect(early.expired.isEmpty && early.wake == 900)
    let late = vigil.look(now: 901)
    #expect(late.expired.map(\.id) == ["1"] && late.expired.map(\.elapsed) == [901])
    #expect(late.wake == nil)
    let again = vigil.look(now: 902)
    #expect(again.expired.isEmpty, "each is told of once")
  }

  @Test("does not begin anew with progress of another one") func progressOfAnother() {
    var vigil = Vigil(Self.deadlines)
    _ = vigil.begin("1", .list, now: 0)
    vigil.noteSign("2", now: 400)
    let late = vigil.look(now: 500)
    #expect(late.expired.map(\.id) == ["1"])
  }

  @Test("has an end, whatever progress is told") func hardLimit() {
    var vigil = Vigil(Self.deadlines)
    _ = vigil.begin("1", .list, now: 0)
    for now in stride(from: 100 as Int64, to: 1_000, by: 100) {
      vigil.noteSign("1", now: now)
      let early = vigil.look(now: now)
      #expect(early.expired.isEmpty)
    }
    let late = vigil.look(now: 1_000)
    #expect(late.expired.map(\.id) == ["1"])
  }

  @Test("is nobody's matter once it was answered") func answered() {
    var vigil = Vigil(Self.deadlines)
    _ = vigil.begin("1", .list, now: 0)
    vigil.end("1")
    let later = vigil.look(now: 5_000)
    #expect(later.expired.isEmpty && later.wake == nil)
  }
}
