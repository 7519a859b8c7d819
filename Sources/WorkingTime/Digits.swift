extension UnsafeRawBufferPointer {
  /// The number that two ASCII digits spell; the caller has checked that both lie inside.
  @inline(__always)
  func twoDigits(at index: Int) -> Int? {
    let tens = self[index] &- 0x30
    let ones = self[index &+ 1] &- 0x30
    return tens <= 9 && ones <= 9 ? Int(tens) &* 10 &+ Int(ones) : nil
  }
}

extension String {
  /// The UTF-8 of the text, in place where it lies in one piece.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    utf8.withContiguousStorageIfAvailable { body(UnsafeRawBufferPointer($0)) }
      ?? Array(utf8).withUnsafeBytes { body($0) }
  }
}

/// The number with leading zeros.
func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
