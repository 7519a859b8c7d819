import FileAccess
import Testing

@Suite("Lines out of pieces")
struct LineAssemblyTests {
  private static let text = "one\n\ntwo and more\nthree"

  @Test("are whole, however they arrive", arguments: [1, 2, 3, 7, 100])
  func pieces(size: Int) {
    var lines = LineAssembly(limit: 1000)
    var found = [String]()
    let bytes = Array(Self.text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      lines.append(bytes[start..<min(bytes.count, start + size)])
      while let line = lines.next() { found.append(String(decoding: line, as: UTF8.self)) }
    }
    #expect(found == ["one", "", "two and more"])
    #expect(String(decoding: lines.pending, as: UTF8.self) == "three")
  }

  @Test("that are too long are seen before their end")
  func limit() {
    var lines = LineAssembly(limit: 4)
    lines.append(Array("12\n1234".utf8))
    let found = [lines.next(), lines.next()]
    #expect(found == [Array("12".utf8), nil])
    #expect(!lines.isOverLimit)
    lines.append(Array("5".utf8))
    #expect(lines.isOverLimit && lines.pendingCount == 5)
  }

  @Test("are filled in place")
  func fill() {
    var lines = LineAssembly(limit: 1000)
    for piece in ["ab", "c\nd"] {
      let answer = lines.fill(16) { room in
        for (index, byte) in piece.utf8.enumerated() { room[index] = byte }
        return (piece.utf8.count, piece)
      }
      #expect(answer == piece)
    }
    let line = lines.next()
    #expect(line == Array("abc".utf8))
    #expect(lines.pendingCount == 1)
  }
}
