/// The patterns that expressions and fields of one rulebook compare the same text with, each text's as one automaton: a
/// text is gone through once, however many patterns ask about it.
///
/// Immutable; what it found about a ticket is kept in a `PatternMemo`.
public final class PatternSets: Sendable {
  /// One pattern's answer among those of its text.
  public struct Member: Hashable, Sendable {
    @usableFromInline let group: Int32
    /// Among all patterns of its group.
    @usableFromInline let bit: Int32
  }

  /// A pattern that a text is compared with.
  struct Key: Hashable {
    var slot: Int
    var pattern: String
    /// Whether it must match all of the text.
    var isWhole: Bool

    /// Whether a glance at the start of most texts suffices: then a pass over the text is no gain.
    var isAnchored: Bool { isWhole || pattern.hasPrefix("^") || pattern.hasPrefix("\\A") }
    var wrapped: String { isWhole ? "\\A(?:\(pattern))\\z" : pattern }
  }

  struct Group: Sendable {
    var set: RegularExpressionSet
    /// Where its bits start, in words of 64.
    var firstWord: Int
    var wordCount: Int
  }

  /// From so many patterns that are looked for anywhere in a text, one pass over it is faster than asking one by one.
  ///
  /// Measured with RE2 of 2022 on texts of 130 and 500 bytes: 3 patterns 0.42 and 1.0 microseconds one by one, 4 patterns
  /// 0.69 and 1.9; a pass 0.33 and 1.0, whether for 3 patterns or for 9. A rule may not ask for all of them.
  public static let smallestSet = 4
  private static let memory = 16 << 20

  let groups: [Group]
  let wordCount: Int
  private let members: [Key: Member]

  /// Nil where no text is compared with enough patterns.
  ///
  /// - Parameters:
  ///   - programs: the expressions; a pattern counts where it is a literal and its text a variable.
  ///   - wholes: patterns that all of a text must match, by the slot of the text.
  public init?(_ programs: [Program], wholes: [(slot: Int, expression: RegularExpression)] = []) {
    var keys: [Key] = []
    var seen: Set<Key> = []
    for key in programs.flatMap(\.code.patternKeys)
      + wholes.map({ Key(slot: $0.slot, pattern: $0.expression.pattern, isWhole: true) })
    where seen.insert(key).inserted { keys.append(key) }

    var groups: [Group] = []
    var members: [Key: Member] = [:]
    var words = 0
    for (_, keys) in Dictionary(grouping: keys, by: \.slot).sorted(by: { $0.key < $1.key }) {
      guard keys.count(where: { !$0.isAnchored }) >= Self.smallestSet,
        let set = try? RegularExpressionSet(keys.map(\.wrapped), memory: Self.memory)
      else { continue }
      for (bit, key) in keys.enumerated() {
        members[key] = Member(group: Int32(groups.count), bit: Int32(bit))
      }
      groups.append(Group(set: set, firstWord: words, wordCount: (keys.count + 63) / 64))
      words += (keys.count + 63) / 64
    }
    if groups.isEmpty { return nil }
    self.groups = groups
    self.members = members
    wordCount = words
  }

  func member(_ key: Key) -> Member? { members[key] }

  /// The member for a pattern that all of a slot's text must match.
  public func member(whole expression: RegularExpression, slot: Int) -> Member? {
    members[Key(slot: slot, pattern: expression.pattern, isWhole: true)]
  }
}

/// What pattern sets found about the texts of the ticket at hand; each worker has its own.
public final class PatternMemo {
  private let sets: PatternSets
  private let bits: UnsafeMutablePointer<UInt64>
  /// By group: the text that `bits` speaks of, as a slot holds it; `nothing` for none.
  private let texts: UnsafeMutablePointer<Int64>
  /// By group: whether any pattern matched the text before. Texts are mostly like the one before: where none matched, it
  /// is asked first whether any does, which RE2 can tell without allocating.
  private let hasMatched: UnsafeMutablePointer<Bool>
  private static let nothing: Int64 = -1

  public init(_ sets: PatternSets) {
    self.sets = sets
    bits = .allocate(capacity: sets.wordCount)
    bits.initialize(repeating: 0, count: sets.wordCount)
    texts = .allocate(capacity: sets.groups.count)
    texts.initialize(repeating: Self.nothing, count: sets.groups.count)
    hasMatched = .allocate(capacity: sets.groups.count)
    hasMatched.initialize(repeating: true, count: sets.groups.count)
  }

  deinit {
    bits.deallocate()
    texts.deallocate()
    hasMatched.deallocate()
  }

  /// Forgets what was found: to be called for each ticket, whose texts stand where others did before.
  public func reset() { texts.update(repeating: Self.nothing, count: sets.groups.count) }

  /// Whether a pattern matches a text; nil where the automaton ran out of memory, so that the pattern must be asked alone.
  ///
  /// - Parameter place: tells the text from the others of the ticket: its start << 32 | its count.
  public func matches(_ member: PatternSets.Member, _ place: Int64, _ text: UnsafeRawBufferPointer) -> Bool? {
    let index = Int(member.group)
    let group = sets.groups[index]
    if texts[index] != place {
      texts[index] = Self.nothing
      guard find(group, index, text) else { return nil }
      texts[index] = place
    }
    return bits[group.firstWord + Int(member.bit) / 64] >> UInt64(member.bit % 64) & 1 == 1
  }

  private func find(_ group: PatternSets.Group, _ index: Int, _ text: UnsafeRawBufferPointer) -> Bool {
    let words = bits + group.firstWord
    words.update(repeating: 0, count: group.wordCount)
    if !hasMatched[index] {
      guard let any = group.set.matchesAny(text) else { return false }
      if !any { return true }
    }
    guard let count = group.set.match(text, into: words) else { return false }
    hasMatched[index] = count > 0
    return true
  }
}

extension Program {
  /// The same program, asking sets of patterns where they hold its own.
  public func asking(_ sets: PatternSets) -> Program {
    let code = code.asking(sets)
    return code.members.isEmpty ? self : Program(self, code)
  }
}

extension InstructionCode {
  /// The patterns that its instructions compare slots with.
  var patternKeys: [PatternSets.Key] {
    instructions.filter { $0.operation == .textMatches }.map(key)
  }

  private func key(_ instruction: Instruction) -> PatternSets.Key {
    PatternSets.Key(
      slot: Int(instruction.first), pattern: patterns[Int(instruction.literal)].pattern, isWhole: false)
  }

  fileprivate func asking(_ sets: PatternSets) -> InstructionCode {
    var code = self
    for index in instructions.indices where instructions[index].operation == .textMatches {
      guard let member = sets.member(key(instructions[index])) else { continue }
      code.members.append(member)
      code.instructions[index].operation = .textMatchesInSet
      code.instructions[index].second = Int32(code.members.count - 1)
    }
    return code
  }
}
