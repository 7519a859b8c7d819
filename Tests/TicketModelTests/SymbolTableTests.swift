import Testing
import TicketModel

@Suite("A symbol table numbers texts by their bytes")
struct SymbolTableTests {
  @Test("of every length, and tells those apart that differ in one byte", arguments: 0...40)
  func lengths(_ length: Int) {
    let text = String(repeating: "x", count: length)
    let table = SymbolTable([(text, 7)])
    #expect(table.value(of: text) == 7)
    #expect(table.value(of: text + "x") == 0)
    #expect(table.value(of: text + "\0") == 0)
    #expect(length == 0 || table.value(of: String(text.dropLast())) == 0)
    for index in 0..<length {
      var other = Array(text.utf8)
      other[index] = UInt8(ascii: "y")
      #expect(table.value(of: String(decoding: other, as: UTF8.self)) == 0)
    }
  }

  @Test("and finds all of many")
  func many() {
    let texts = (0..<5000).map { "产品 PX-\($0)" } + (0..<5000).map { "\($0)" }
    let table = SymbolTable(numbering: texts)
    #expect(texts.indices.allSatisfy { table.value(of: texts[$0]) == UInt32($0 + 1) })
    #expect(table.value(of: "产品 PX-5000") == 0)
  }

  @Test("The first of two equal texts wins; texts that only look equal are two")
  func duplicates() {
    let table = SymbolTable([("é", 1), ("é", 2), ("e\u{301}", 3)])
    #expect(table.value(of: "é") == 1)
    #expect(table.value(of: "e\u{301}") == 3)
  }

  @Test("An empty table knows nothing")
  func empty() {
    #expect(SymbolTable([]).isEmpty)
    #expect(SymbolTable([]).value(of: "") == 0)
    #expect(!SymbolTable(numbering: ["a"]).isEmpty)
  }
}
