import Glibc

/// Cuts what arrives in pieces into lines, without copying a line that arrives whole.
///
/// A page of tickets is one line of some hundred kilobytes, and its bytes become the page's buffer as they are.
public struct LineAssembly: Sendable {
  /// The longest line in bytes, without its end.
  public let limit: Int
  private var bytes = [UInt8]()
  /// Where the first unread line starts.
  private var start = 0
  /// Up to where there is no line end.
  private var searched = 0
  /// What the last long line took, so that the next one is stored without growing.
  private var expected = 4096

  public init(limit: Int) { self.limit = limit }

  /// How many bytes of an unfinished line there are.
  public var pendingCount: Int { bytes.count - start }

  /// Whether the unfinished line is longer than any may be.
  public var isOverLimit: Bool { pendingCount > limit }

  /// The bytes of the unfinished line, for messages.
  public var pending: ArraySlice<UInt8> { bytes[start...] }

  public mutating func append(_ piece: some Collection<UInt8>) {
    dropReadLines()
    bytes.append(contentsOf: piece)
  }

  /// Lets `read` put up to `count` bytes behind what there is, more where there is room, and fewer where else all would have
  /// to move for a little; answers what `read` answers.
  public mutating func fill<Answer>(_ count: Int, _ read: (UnsafeMutableRawBufferPointer) -> (Int, Answer))
    -> Answer?
  {
    dropReadLines()
    if bytes.isEmpty { bytes.reserveCapacity(max(expected, count)) }
    let room = bytes.capacity - bytes.count
    var answer: Answer?
    bytes.append(addingCapacity: room >= min(count, 16 << 10) ? room : count) { free in
      free.withUnsafeMutableBufferPointer { buffer, initialized in
        let room = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[initialized...]))
        let (filled, result) = read(room)
        initialized += max(0, filled)
        answer = result
      }
    }
    return answer
  }

  /// The next whole line, without its end.
  public mutating func next() -> [UInt8]? {
    guard let end = bytes.firstIndex(ofNewlineFrom: max(searched, start)) else {
      searched = bytes.count
      return nil
    }
    searched = end + 1
    if start == 0, end + 1 == bytes.count { return takeAll() }
    let line = Array(bytes[start..<end])
    start = end + 1
    if start == bytes.count { reset() }
    return line
  }

  private mutating func takeAll() -> [UInt8] {
    var line = [UInt8]()
    swap(&line, &bytes)
    line.removeLast()
    expected = max(4096, line.count + line.count / 8)
    reset()
    return line
  }

  private mutating func dropReadLines() {
    guard start > 0 else { return }
    bytes.removeFirst(start)
    searched -= start
    start = 0
  }

  private mutating func reset() {
    bytes.removeAll(keepingCapacity: true)
    start = 0
    searched = 0
  }
}

extension [UInt8] {
  fileprivate func firstIndex(ofNewlineFrom start: Int) -> Int? {
    withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, start < bytes.count,
        let found = memchr(base + start, 0x0A, bytes.count - start)
      else { return nil }
      return base.distance(to: UnsafeRawPointer(found))
    }
  }
}
