import Reports

/// The values of unique fields that were seen, and where each was first: 32 bytes a value, however long it is.
///
/// A value is known by 128 bits of a keyed hash (SipHash, the key being the process's own), of which nobody can make two alike.
struct UniqueValues {
  private struct Fingerprint: Hashable {
    var first: Int
    var second: Int

    init(_ text: String, slot: Int) {
      (first, second) = (Self.hash(text, slot, 0), Self.hash(text, slot, 1))
    }

    private static func hash(_ text: String, _ slot: Int, _ half: UInt8) -> Int {
      var hasher = Hasher()
      hasher.combine(half)
      hasher.combine(slot)
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
      return hasher.finalize()
    }
  }

  private struct Origin {
    var source: Int32
    var line: Int32
  }

  private var origins: [Fingerprint: Origin] = [:]
  private var sources: [String] = []

  /// Keeps the value, unless it was there before: then says where.
  mutating func add(_ text: String, slot: Int, at record: ReportedFinding.Record) -> ReportedFinding.Record? {
    let fingerprint = Fingerprint(text, slot: slot)
    if let origin = origins[fingerprint] {
      return ReportedFinding.Record(source: sources[Int(origin.source)], line: Int(origin.line))
    }
    // Tickets come source by source.
    if sources.last != record.source { sources.append(record.source) }
    origins[fingerprint] = Origin(
      source: Int32(truncatingIfNeeded: sources.count - 1), line: Int32(clamping: record.line))
    return nil
  }
}
