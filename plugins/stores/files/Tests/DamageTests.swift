import Foundation
import PluginAPI
import Testing

@testable import FilesStore

/// Damaged files lead to records and messages, never to a crash or a hang.
@Suite("A damaged file")
struct DamageTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let samples = [
    "t.json": "[{\"id\": \"1\", \"t\": \"a\\\"]\"},\n {\"id\": [2, {}]},\n 3\n]\n",
    "s.json": "{\"id\": \"1\",\n \"t\": \"x\"}\n{\"id\": \"2\"}\n",
    "t.ndjson": "{\"id\": \"1\"}\r\n\n{\"id\": \"2\"}\n",
    "t.csv": "id,a.b,a.c\n1,\"x \"\"y\"\"\nz\",2\r\n\n3,,\"\"\n",
    "t.yaml": "- id: 1\n  list: [a, b]\n- {id: 2, text: \"x\"}\n",
    "t.txt": "id,name\n1,2\n",
  ]

  @Test(
    "that is cut hands over what was whole, the same at every page size", arguments: samples.keys.sorted())
  func truncated(name: String) async throws {
    let bytes = Array(try #require(Self.samples[name]).utf8)
    let whole = try await lines(of: bytes, named: name, in: folder)
    for count in bytes.indices where name != "t.txt" {
      let found = try await sameAtEveryLimit(bytes[..<count], name)
      // The record in which the cut lies may be handed over as far as it goes, or be reported.
      let records = found.filter { !$0.contains("! ") }.dropLast()
      #expect(name == "t.yaml" || whole.starts(with: records), "cut at \(count)")
    }
  }

  @Test("of which any byte is another leads to records or messages", arguments: samples.keys.sorted())
  func flipped(name: String) async throws {
    let bytes = Array(try #require(Self.samples[name]).utf8)
    for index in bytes.indices {
      for byte in [0x0A, 0x22, 0x2C, 0x5C, 0x5D, 0x7B, 0x7D, bytes[index] ^ 1] as [UInt8] {
        var damaged = bytes
        damaged[index] = byte
        // A file of unknown extension may become one of unknown format.
        if name == "t.txt" {
          _ = try? await sameAtEveryLimit(damaged[...], name)
        } else {
          _ = try await sameAtEveryLimit(damaged[...], name)
        }
      }
    }
  }

  @Test("of random bytes of the format's own signs is read to its end", arguments: samples.keys.sorted())
  func random(name: String) async throws {
    let signs = Array("{}[]\",\\: \n\ra1-#|&*".utf8)
    for seed in 1...100 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let count = Int.random(in: 0...60, using: &generator)
      let bytes = (0..<count).map { _ in signs.randomElement(using: &generator) ?? 0 }
      _ = try? await sameAtEveryLimit(bytes[...], name)
    }
  }

  @Test("of deep nesting is read in linear time and constant stack")
  func nested() async throws {
    let depth = 200_000
    let text = "[" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "]"
    let path = try folder.write(text, to: "deep.json")
    let found = try await lines(of: openStore(path), below: path + ":")
    #expect(found.map(\.count) == [3 + 2 * depth])
  }

  /// What is read, after asserting that the page size makes no difference.
  private func sameAtEveryLimit(_ bytes: ArraySlice<UInt8>, _ name: String) async throws -> [String] {
    let path = try folder.write(bytes, to: name)
    let found = try await lines(of: openStore(path), below: path + ":")
    for limit in [1, 2] {
      let again = try await lines(of: openStore(path), limit: limit, below: path + ":")
      #expect(again == found, "limit \(limit): \(Array(bytes))")
    }
    return found
  }
}

@Suite("Damaged gzip data")
struct GzipDamageTests {
  let folder: TemporaryFolder
  let data: [UInt8]
  let whole: [String]

  init() async throws {
    folder = try TemporaryFolder()
    data = try Array(Data(contentsOf: URL(filePath: "\(fixtures)/gzip/members.ndjson.gz")))
    whole = try await lines(of: data, named: "whole.ndjson.gz", in: folder)
    #expect(whole == ["1: {\"id\":\"A-1\"}", "2: {\"id\":\"A-2\"}", "3: {\"id\":\"A-3\"}"])
  }

  @Test("that is cut loses no record before the cut, and says so")
  func truncated() async throws {
    for count in data.indices {
      let found = try await lines(of: data[..<count], named: "t.ndjson.gz", in: folder)
      let records = found.filter { !$0.contains("! ") }
      #expect(whole.starts(with: records.filter(whole.contains)))
      let message =
        count < 2 ? "the file is not gzip data" : "the gzip data ends too early: what follows is missing"
      // Between two members nothing shows that another one followed.
      if records == found {
        #expect(found.isEmpty || found.last == "2: {\"id\":" || whole.starts(with: found), "\(count)")
      } else {
        #expect(found.last?.contains(message) == true, "\(count): \(found)")
      }
    }
  }

  @Test("of which any bit is another is reported, or makes no difference")
  func flipped() async throws {
    for index in data.indices {
      for bit in 0..<8 as Range<UInt8> {
        var damaged = data
        damaged[index] ^= 1 << bit
        let found = try await lines(of: damaged, named: "t.ndjson.gz", in: folder)
        #expect(found == whole || found.contains { $0.contains("! ") }, "byte \(index), bit \(bit): \(found)")
      }
    }
  }
}
