import Diagnostics
import WorkingTime

/// Words for findings that waivers take back.
extension FindingText {
  /// Why a finding is no failure: the waiver's id, its last day, and the reason.
  ///
  /// - Parameter index: in `Rulebook.waivers`.
  public func waiverNote(_ index: Int) -> String { waiverNote(rulebook.waivers[index], place: nil) }

  /// The same, with the waiver's place.
  public func waiverNoteWithPlace(_ index: Int) -> String {
    waiverNote(rulebook.waivers[index], place: rulebook.waivers[index].place.lineReference)
  }

  private func waiverNote(_ waiver: Waiver, place: String?) -> String {
    let until = waiver.until.text
    if language == .chinese {
      return "由 \(waiver.id)\(place.map { "（\($0)）" } ?? " ")豁免至 \(until)：\(waiver.reason)"
    }
    return "waived by \(waiver.id)\(place.map { " (\($0))" } ?? "") until \(until): \(waiver.reason)"
  }
}
