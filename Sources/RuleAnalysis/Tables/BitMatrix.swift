/// A set of rows for each row, as bits; one block of memory, since a table of 10,000 rows has a hundred million of them.
struct BitMatrix: Sendable {
  let rowCount: Int
  let wordCount: Int
  private var words: [UInt64]

  init(rowCount: Int, members: Int, filled: Bool = false) {
    self.rowCount = rowCount
    wordCount = (members + 63) / 64
    words = Array(repeating: filled ? .max : 0, count: rowCount * wordCount)
  }

  /// The words of one set.
  subscript(row: Int) -> ArraySlice<UInt64> { words[row * wordCount..<(row + 1) * wordCount] }

  mutating func set(_ row: Int, to set: [UInt64]) {
    for word in 0..<wordCount { words[row * wordCount + word] = set[word] }
  }

  mutating func intersect(_ row: Int, with set: [UInt64]) {
    words.withUnsafeMutableBufferPointer { words in
      set.withUnsafeBufferPointer { set in
        for word in 0..<set.count { words[row &* set.count &+ word] &= set[word] }
      }
    }
  }

  /// Row `target` becomes the union, or what is shared, of two others.
  mutating func combine(_ left: Int, _ right: Int, into target: Int, sharing: Bool) {
    let (left, right, target) = (left * wordCount, right * wordCount, target * wordCount)
    words.withUnsafeMutableBufferPointer { words in
      for word in 0..<wordCount {
        let (first, second) = (words[left &+ word], words[right &+ word])
        words[target &+ word] = sharing ? first & second : first | second
      }
    }
  }

  /// Adds a row to a set outside, or keeps there what the row has, too.
  func merge(_ row: Int, into set: inout [UInt64], sharing: Bool) {
    words.withUnsafeBufferPointer { words in
      set.withUnsafeMutableBufferPointer { set in
        for word in 0..<set.count {
          let other = words[row &* set.count &+ word]
          set[word] = sharing ? set[word] & other : set[word] | other
        }
      }
    }
  }

  func contains(_ row: Int, _ member: Int) -> Bool {
    words[row * wordCount + member >> 6] >> UInt64(member & 63) & 1 == 1
  }

  /// The members of a set, ascending, until `body` returns false.
  func forEachMember(of row: Int, below end: Int = .max, _ body: (Int) -> Bool) {
    for word in 0..<wordCount {
      var bits = words[row * wordCount + word]
      while bits != 0 {
        let member = word << 6 | bits.trailingZeroBitCount
        if member >= end || !body(member) { return }
        bits &= bits - 1
      }
    }
  }
}
