/// Sets of rows, in two levels of bits; their intersection visits only words that no set leaves empty.
///
/// A set of few words keeps them all, because counting the bits of a summary takes longer than looking at an empty word.
struct RowSets: Sendable {
  let rowCount: Int
  private(set) var count = 0
  /// How many words of rows a set has at the most.
  private let wordCount: Int
  /// How many summary words a set has: one for 4,096 rows; none where every word is kept.
  private let summaryCount: Int
  /// For each set, `summaryCount` words: which words of rows are not empty.
  private var summaries: [UInt64] = []
  /// For each summary word, the index in `words` of its first word of rows.
  private var starts: [UInt32] = []
  private var words: [UInt64] = []

  /// Up to so many words of rows, a set keeps them all.
  private static let fewWords = 4

  init(rowCount: Int) {
    self.rowCount = rowCount
    wordCount = (rowCount + 63) / 64
    summaryCount = wordCount <= Self.fewWords ? 0 : (rowCount + 4095) / 4096
  }

  /// The bits of `rows`, one word for 64 of them.
  func words(of rows: [Int]) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: wordCount)
    for row in rows { words[row >> 6] |= 1 << UInt64(row & 63) }
    return words
  }

  /// Adds a set, one word for 64 rows.
  mutating func append(_ set: [UInt64]) {
    count += 1
    if summaryCount == 0 {
      words += set
      return
    }
    for first in stride(from: 0, to: set.count, by: 64) {
      var summary: UInt64 = 0
      starts.append(UInt32(words.count))
      for (index, word) in set[first..<min(first + 64, set.count)].enumerated() where word != 0 {
        summary |= 1 << UInt64(index)
        words.append(word)
      }
      summaries.append(summary)
    }
  }

  /// Calls `body` with each row that is in all of these sets, ascending, until it returns false; for no set with all.
  @inline(__always)
  func forEachRow(inAll chosen: UnsafeBufferPointer<Int32>, _ body: (Int) -> Bool) {
    if chosen.isEmpty {
      for row in 0..<rowCount where !body(row) { return }
    } else if summaryCount == 0 {
      forEachRow(inFew: chosen, body)
    } else {
      forEachRow(inMany: chosen, body)
    }
  }

  @inline(__always)
  private func forEachRow(inFew chosen: UnsafeBufferPointer<Int32>, _ body: (Int) -> Bool) {
    let words = words.span
    for word in 0..<wordCount {
      var rows = ~UInt64(0)
      for set in chosen { rows &= words[Int(set) &* wordCount &+ word] }
      while rows != 0 {
        if !body(word << 6 | rows.trailingZeroBitCount) { return }
        rows &= rows &- 1
      }
    }
  }

  @inline(__always)
  private func forEachRow(inMany chosen: UnsafeBufferPointer<Int32>, _ body: (Int) -> Bool) {
    let summaries = summaries.span
    for summary in 0..<summaryCount {
      var live = ~UInt64(0)
      for set in chosen { live &= summaries[Int(set) &* summaryCount &+ summary] }
      while live != 0 {
        let word = live.trailingZeroBitCount
        live &= live &- 1
        var rows = ~UInt64(0)
        for set in chosen { rows &= self.word(word, of: Int(set) &* summaryCount &+ summary) }
        let first = (summary << 6 | word) << 6
        while rows != 0 {
          if !body(first | rows.trailingZeroBitCount) { return }
          rows &= rows &- 1
        }
      }
    }
  }

  /// One of the words that a summary word tells of.
  @inline(__always)
  private func word(_ word: Int, of index: Int) -> UInt64 {
    let before = summaries.span[index] & ((1 << UInt64(word)) &- 1)
    return words.span[Int(starts.span[index]) &+ before.nonzeroBitCount]
  }

  func contains(_ row: Int, inSet set: Int) -> Bool {
    if summaryCount == 0 { return words[set * wordCount + row >> 6] >> UInt64(row & 63) & 1 == 1 }
    let index = set * summaryCount + row >> 12
    guard summaries[index] >> UInt64(row >> 6 & 63) & 1 == 1 else { return false }
    return word(row >> 6 & 63, of: index) >> UInt64(row & 63) & 1 == 1
  }
}
