import PluginAPI
import PluginProtocol

/// How far a reading has come: how many items were handed over, records and malformed ones, and a fingerprint of them, by
/// which another reading shows whether it is the same so far.
struct ReadingPlace: Hashable, Sendable {
  enum Step { case record(Int), malformed }

  static let beginning = ReadingPlace(count: 0, fingerprint: Fingerprint())

  private(set) var count: Int
  private var fingerprint: Fingerprint

  private init(count: Int, fingerprint: Fingerprint) {
    self.count = count
    self.fingerprint = fingerprint
  }

  /// Reads what `cursor` wrote: `COUNT-FINGERPRINT`, the latter in hexadecimal digits.
  init?(cursor: String) {
    let parts = cursor.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int(parts[0]), count >= 0, let value = UInt64(parts[1], radix: 16)
    else {
      return nil
    }
    self.init(count: count, fingerprint: Fingerprint(value))
  }

  var cursor: String { "\(count)-\(String(fingerprint.value, radix: 16))" }

  mutating func pass(_ step: Step, of page: TicketPage) {
    count += 1
    switch step {
    case .record(let index):
      fingerprint.add(
        page.buffer, in: page.records[index].range,
        version: page.versions.isEmpty ? nil : page.versions[index])
    case .malformed: fingerprint.add([], in: 0..<0, version: nil)
    }
  }

  /// What a reading ends with that does not begin as the one that it is to go on with.
  static let changed = PluginError(
    .permanent, "the tickets changed while they were read, and the reading was interrupted meanwhile",
    hint: "read them again")
}
