import Foundation
import PluginAPI
import Testing

@testable import FilesStore

@Suite("Records at the boundaries of what is read at once")
struct BoundaryTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Texts of 0 to 300,000 bytes, so that records end at, before and behind each boundary, and some cross several.
  private func texts(seed: UInt64) -> [String] {
    var generator = SeededGenerator(seed: seed)
    return (0..<40).map { number in
      let count =
        number % 20 == 7
        ? Int.random(in: 250_000...300_000, using: &generator) : Int.random(in: 0...9_000, using: &generator)
      return "\(number) 字\\\"" + String(repeating: "x", count: count)
    }
  }

  @Test("are whole and in order in every format", arguments: [1, 2] as [UInt64])
  func whole(seed: UInt64) async throws {
    let texts = texts(seed: seed)
    let objects = texts.map {
      "{\"t\":\"\($0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"}"
    }
    let files = [
      "1.ndjson": objects.joined(separator: "\n"), "2.json": "[" + objects.joined(separator: ",\n") + "]",
      "3.json": objects.joined(separator: " "),
      "4.csv": "t\r\n" + texts.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: "\r\n"),
    ]
    for (name, text) in files {
      let path = try folder.write(text, to: name)
      for limit in [1, 500] {
        var found = [String]()
        for try await page in try await openStore(path).pages(since: nil, limit: limit) {
          #expect(page.malformed.isEmpty, "\(name), seed \(seed)")
          #expect(page.buffer.count < 2 << 20, "\(name), seed \(seed): memory stays flat")
          found += page.records.indices.map(page.text)
        }
        #expect(found.count == objects.count, "\(name), limit \(limit), seed \(seed)")
        let wrong = zip(found, objects).first { $0 != $1 }
        #expect(
          wrong.map { ($0.suffix(20), $1.suffix(20), $0.count, $1.count) } == nil,
          "\(name), limit \(limit), seed \(seed)")
      }
    }
  }

  static let limit = 8 << 20

  @Test(
    "over 8 MiB are reported with their size, and the reading goes on",
    arguments: [
      ("1.ndjson", "{}\n", "\n{}\n", "line"), ("2.json", "[{},\n", ",\n{}]", "element"),
    ])
  func tooLong(name: String, before: String, after: String, what: String) async throws {
    for excess in [0, 1] {
      let long = Data("\"".utf8) + Data(repeating: 0x78, count: Self.limit + excess - 2) + Data("\"".utf8)
      let path = "\(folder.path)/\(name)"
      try (Data(before.utf8) + long + Data(after.utf8)).write(to: URL(filePath: path))
      var records = [Int]()
      var malformed = [String]()
      for try await page in try await openStore(path).pages(since: nil, limit: 500) {
        records += page.records.map(\.range.count)
        malformed += page.malformed.map { "\($0.line): \($0.message)" }
      }
      let message = "2: the \(what) is \(Self.limit + excess) bytes long, more than the limit of 8388608"
      #expect(records == (excess == 0 ? [2, Self.limit, 2] : [2, 2]))
      #expect(malformed == (excess == 0 ? [] : [message]))
    }
  }

  @Test("that a quote without its end makes too long cost one CSV row")
  func unclosedQuote() async throws {
    let rows = String(repeating: String(repeating: "x", count: 1021) + ",2\n", count: Self.limit / 1024 + 10)
    let path = try folder.write("a,b\n\"open,2\n" + rows, to: "1.csv")
    var count = 0
    var malformed = [String]()
    for try await page in try await openStore(path).pages(since: nil, limit: 500) {
      count += page.records.count
      malformed += page.malformed.map { "\($0.line): \($0.message)" }
    }
    #expect(count == Self.limit / 1024 + 10)
    #expect(
      malformed == ["2: the row is longer than the limit of 8388608 bytes: perhaps a quote is not closed"])
  }

  @Test("that end with the file are handed over, unless the file was cut")
  func lastOne() async throws {
    #expect(try await lines(of: "{\"id\":1}".utf8, named: "1.ndjson", in: folder) == ["1: {\"id\":1}"])
    #expect(try await lines(of: "id\n1".utf8, named: "2.csv", in: folder) == ["2: {\"id\":\"1\"}"])
  }

  @Test("come with how far the reading is, compressed or not")
  func progress() async throws {
    let line = Data((String(repeating: "x", count: 1023) + "\n").utf8)
    for name in ["1", "2"] {
      try Data(repeatElement(line, count: 600).joined()).write(
        to: URL(filePath: "\(folder.path)/\(name).ndjson"))
    }
    let gzip = URL(filePath: "\(fixtures)/gzip/members.ndjson.gz")
    try Data(contentsOf: gzip).write(to: URL(filePath: "\(folder.path)/3.ndjson.gz"))
    var fractions = [Double]()
    for try await page in try await openStore(folder.path).pages(since: nil, limit: 100) {
      fractions.append(try #require(page.fraction))
    }
    #expect(fractions == fractions.sorted() && fractions.last == 1)
    #expect(Set(fractions).count > 4 && fractions[0] < 0.3)
  }

  @Test("take a limit below 1 for 1")
  func noLimit() async throws {
    let path = try folder.write("{}\n{}\n", to: "1.ndjson")
    #expect(try await lines(of: openStore(path), limit: 0).count == 2)
  }
}
