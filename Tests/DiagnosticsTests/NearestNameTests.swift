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
}
