import Diagnostics
import Testing

@Suite("The nearest name")
struct NearestNameTests {
  @Test(
    "is the closest candidate within a third of its length",
    arguments: [
      ("impct", "impact"), ("Urgency", "urgency"), ("stauts", "status"), ("功能故章", "功能故障"),
    ])
  func closest(written: String, meant: String) {
    #expect(nearestName(to: written, among: ["impact", "urgency", "status", "功能故障"]) == meant)
  }

  @Test("is nothing where no candidate is close", arguments: ["x", "colour", ""])
  func none(written: String) {
    #expect(nearestName(to: written, among: ["impact", "urgency", "status"]) == nil)
  }

  @Test("is not looked for where a name is longer than 400 bytes")
  func long() {
    let name = String(repeating: "a", count: 400)
    #expect(nearestName(to: name + "b", among: [name]) == nil)
    #expect(nearestName(to: name, among: [name + "b"]) == nil)
    #expect(nearestName(to: String(name.dropLast()), among: [name]) == name)
  }
}
