/// A set of fields: one bit each, the first 64 of them without an array.
struct FieldSet {
  private var first: UInt64 = 0
  private var others: [UInt64]

  /// An empty set that has room for `count` fields.
  init(count: Int) { others = Array(repeating: 0, count: max(0, count - 1) / 64) }

  mutating func removeAll() {
    first = 0
    for index in others.indices { others[index] = 0 }
  }

  /// False if the field is in the set already.
  @inline(__always)
  mutating func insert(_ slot: Int) -> Bool {
    let bit = 1 as UInt64 &<< UInt64(truncatingIfNeeded: slot)
    if slot < 64 {
      defer { first |= bit }
      return first & bit == 0
    }
    defer { others[slot / 64 - 1] |= bit }
    return others[slot / 64 - 1] & bit == 0
  }
}
