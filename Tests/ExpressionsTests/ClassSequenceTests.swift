import Testing

@testable import Expressions

@Suite("A pattern that is a sequence of classes")
struct ClassSequenceTests {
  @Test(
    "is matched without RE2",
    arguments: [
      "^[0-9]{6}-[0-9]{3,}$", "^.{4,60}$", "^.{6,}", "^SN-[0-9A-F]{8}-[0-9]{2}$", #"^\d+\.\w*\s?$"#,
      "^[^a-c]+$",
      "^a?b*c+$", "^", "^$", #"^[\w.-]+$"#, "^[]a]$", "^[a-]b",
    ])
  func isSequence(pattern: String) {
    #expect(ClassSequence(pattern) != nil)
  }

  @Test(
    "is left to RE2 where taking all that fits could be wrong, or where it says more than a sequence can",
    arguments: [
      "a", "^a*a$", "^[0-9]+[0-9a-f]$", "^.*x$", "^(a)$", "^a|b$", "^登", "^[[:alpha:]]$", "^a+?$",
      "^a{2}{3}$",
      "^a$b", #"^\pL$"#, "(?i)^a$", #"^\bA"#, "^[a", "^[z-a]", "^a{,3}$", "^a{3,2}", "^[登]", #"^[\d-x]"#,
      "^\\",
    ])
  func isLeft(pattern: String) {
    #expect(ClassSequence(pattern) == nil)
  }

  /// The pattern in a group is none of these sequences, so RE2 matches it.
  private func differs(_ pattern: String, _ text: String) throws -> Bool {
    let quick = try RegularExpression(pattern)
    let slow = try RegularExpression("(?:\(pattern))")
    var text = text
    return text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      return quick.matches(bytes) != slow.matches(bytes)
        || quick.matchesWhole(bytes) != slow.matchesWhole(bytes)
    }
  }

  @Test("agrees with RE2 on random patterns and texts", arguments: 0..<8)
  func agrees(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var sequences = 0
    for _ in 0..<400 {
      let pattern = randomPattern(&generator)
      if ClassSequence(pattern) != nil { sequences += 1 }
      for _ in 0..<10 {
        let text = randomText(&generator)
        #expect(try !differs(pattern, text), "\(pattern) on \(text.debugDescription)")
      }
    }
    #expect(sequences > 40)
  }

  private func randomPattern(_ generator: inout SeededGenerator) -> String {
    let classes = [
      "a", "b", "-", ".", "[ab]", "[^a]", "[a-c]", #"\d"#, #"\D"#, #"\w"#, #"\W"#, #"\s"#, #"\."#, "[0-9a]",
      #"[\d_-]"#,
      #"[^\w]"#,
    ]
    let counts = ["", "", "", "?", "*", "+", "{2}", "{1,}", "{0,2}", "{1,3}", "{0}"]
    var pattern = Int.random(in: 0..<10, using: &generator) == 0 ? "" : "^"
    for _ in 0..<Int.random(in: 0...4, using: &generator) {
      pattern += classes.randomElement(using: &generator) ?? ""
      pattern += counts.randomElement(using: &generator) ?? ""
    }
    return pattern + (Bool.random(using: &generator) ? "$" : "")
  }

  private func randomText(_ generator: inout SeededGenerator) -> String {
    let characters = ["a", "a", "b", "c", "-", ".", "0", "7", "_", " ", "\n", "é", "中", "😀", "\u{B}"]
    return (0..<Int.random(in: 0...7, using: &generator)).compactMap { _ in
      characters.randomElement(using: &generator)
    }.joined()
  }
}
