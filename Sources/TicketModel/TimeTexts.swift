import WorkingTime

/// The texts that WorkingTime reads.
extension FieldTables {
  @inline(__always)
  func instant(in bytes: RawSpan, _ range: Range<Int>) -> Instant? {
    bytes.extracting(range).withUnsafeBytes { Instant.parse($0, localZone: localZone) }
  }

  /// Days since 1970.
  func date(in bytes: RawSpan, _ range: Range<Int>) -> Int64? {
    bytes.extracting(range).withUnsafeBytes { CivilDate.parse($0).map { Int64($0.days) } }
  }

  /// Milliseconds of elapsed time; working time means nothing without a calendar.
  func duration(in bytes: RawSpan, _ range: Range<Int>) -> Int64? {
    let text = bytes.extracting(range).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    guard case .elapsed(let milliseconds) = try? TargetDuration(parsing: text) else { return nil }
    return milliseconds
  }
}
