/// A double as an integer that sorts the same way, so that all ordered domains share one kind of set.
///
/// Negative zero and zero get the same key. The key's successor is the next double.
public func orderingKey(of value: Double) -> Int64 {
  let bits = Int64(bitPattern: (value == 0 ? 0 : value).bitPattern)
  return bits >= 0 ? bits : bits ^ Int64.max
}

/// The double whose ordering key that is.
public func number(ofOrderingKey key: Int64) -> Double {
  Double(bitPattern: UInt64(bitPattern: key >= 0 ? key : key ^ Int64.max))
}
