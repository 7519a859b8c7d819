import Diagnostics
import WorkingTime

/// Words for findings that waivers take back.
extension FindingText {
  /// Why a finding is no failure: the waiver's id, its last day, and the reason.
  ///
  /// - Parameter index: in `Rulebook.waivers`.
  public func waiverNote(_ index: Int) -> String {
    let waiver = rulebook.waivers[index]
    return waiverNote(waiver, named: waiver.id)
  }

  /// The same, with the waiver's place.
  public func waiverNoteWithPlace(_ index: Int) -> String {
    let waiver = rulebook.waivers[index]
    let place = waiver.place.lineReference
    return waiverNote(
      waiver, named: language == .chinese ? "\(waiver.id)（\(place)）" : "\(waiver.id) (\(place))")
  }

  private func waiverNote(_ waiver: Waiver, named name: String) -> String {
    language == .chinese
      ? "由 \(name) 豁免至 \(waiver.until.text)：\(waiver.reason)"
      : "waived by \(name) until \(waiver.until.text): \(waiver.reason)"
  }
}
