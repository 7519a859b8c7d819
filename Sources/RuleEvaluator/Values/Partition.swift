public import TicketModel

/// The classes into which the cells of one column cut the input's domain: values of a class are alike to every cell.
///
/// Class 0 is absent, class 1 is invalid; the rest depends on the domain. A table looks at classes alone.
public struct Partition: Sendable {
  /// The kinds of domain.
  public enum Domain: Hashable, Sendable {
    /// Truth values and choices, numbered from 0.
    case members(count: Int)
    /// Texts, told apart by their symbols as far as a rule mentions them.
    case texts
    /// Integers, instants, dates and durations by value; numbers by ordering key.
    case ordered
    /// Lists and objects: only whether they are there.
    case opaque
  }

  public static let absentClass = 0
  public static let invalidClass = 1
  /// The class of the first value that is there and valid.
  public static let firstClass = 2

  public let domain: Domain
  /// For `ordered`: where a new class begins, ascending.
  private let bounds: [Int64]
  /// For `texts`: the symbols that have a class of their own, ascending.
  private let symbols: [Int]
  /// For `texts`: the class of each symbol; 0 and symbols beyond the end are the class of all other texts.
  private let classOfSymbol: [Int32]
  /// How many classes there are, the two special ones included.
  public let classCount: Int

  /// The coarsest partition that every one of `sets` respects.
  public init(_ domain: Domain, cutBy sets: some Sequence<ValueSet>) {
    self.domain = domain
    bounds = domain == .ordered ? Set(sets.flatMap(\.bounds)).sorted() : []
    symbols = domain == .texts ? Set(sets.flatMap(\.mentionedMembers)).sorted() : []
    classOfSymbol = domain == .texts ? Self.number(symbols) : []
    switch domain {
    case .members(let count): classCount = Self.firstClass + count
    case .texts: classCount = Self.firstClass + 1 + symbols.count
    case .ordered: classCount = Self.firstClass + bounds.count + 1
    case .opaque: classCount = Self.firstClass + 1
    }
  }

  private static func number(_ symbols: [Int]) -> [Int32] {
    var classes = [Int32](repeating: Int32(firstClass), count: (symbols.last ?? 0) + 1)
    for (index, symbol) in symbols.enumerated() { classes[symbol] = Int32(firstClass + 1 + index) }
    return classes
  }

  /// The class of a value. O(1), for ordered domains O(log bounds).
  public func classify(_ slot: Slot) -> Int {
    ClassLookup(kind: lookupKind, start: 0, count: lookupTable.count).classify(slot, lookupTable.span)
  }

  /// How `ClassLookup` finds a class of this domain, and in what.
  var lookupKind: ClassLookup.Kind {
    switch domain {
    case .members: .members
    case .texts: .texts
    case .ordered: .ordered
    case .opaque: .opaque
    }
  }

  /// For `texts` the class of each symbol, for `ordered` the bounds.
  var lookupTable: [Int64] { domain == .texts ? classOfSymbol.map(Int64.init) : bounds }

  /// Whether the values of class `number` are in `set`, which must be one of those that cut this partition.
  public func isClass(_ number: Int, in set: ValueSet) -> Bool {
    switch number {
    case Self.absentClass: return set.includesAbsent
    case Self.invalidClass: return set.includesInvalid
    default: break
    }
    let index = number - Self.firstClass
    switch domain {
    case .members: return set.present.contains(member: index)
    case .texts: return set.present.contains(member: symbol(ofClass: number) ?? Self.otherText)
    case .ordered: return set.present.contains(key: index == 0 ? .min : bounds[index - 1])
    case .opaque: return set.present == .allBut([])
    }
  }

  /// A symbol that no rule mentions.
  private static let otherText = -1

  /// The symbol of a class of texts; nil for all texts that no rule mentions.
  public func symbol(ofClass number: Int) -> Int? {
    let index = number - Self.firstClass - 1
    return symbols.indices.contains(index) ? symbols[index] : nil
  }

  /// The keys of a class of an ordered domain, with both ends.
  public func stretch(ofClass number: Int) -> ValueSet.Stretch {
    let index = number - Self.firstClass
    return ValueSet.Stretch(
      index > 0 ? bounds[index - 1] : .min, index < bounds.count ? bounds[index] - 1 : .max)
  }

  /// The classes in `set`, ascending.
  public func classes(in set: ValueSet) -> [Int] { ranges(in: set).flatMap { Array($0) } }

  /// The classes in `set`, which must be one of those that cut this partition, as ascending ranges that are apart.
  ///
  /// O(ranges), for ordered domains times log bounds: a stretch of a thousand classes costs as much as one class.
  public func ranges(in set: ValueSet) -> [Range<Int>] {
    var ranges = [Range<Int>]()
    func append(_ range: Range<Int>) {
      if range.isEmpty { return }
      if let last = ranges.last, last.upperBound == range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    if set.includesAbsent { append(Self.absentClass..<Self.absentClass + 1) }
    if set.includesInvalid { append(Self.invalidClass..<Self.invalidClass + 1) }
    switch set.present {
    case .members(let members):
      for number in members.map(classOfMember).sorted() { append(number..<number + 1) }
    case .allBut(let members):
      var start = Self.firstClass
      for number in members.map(classOfMember).sorted() {
        append(start..<number)
        start = number + 1
      }
      append(start..<classCount)
    case .stretches(let stretches):
      for stretch in stretches { append(classOfKey(stretch.lower)..<classOfKey(stretch.upper) + 1) }
    }
    return ranges
  }

  private func classOfMember(_ member: Int) -> Int {
    domain == .texts ? Int(classOfSymbol[member]) : Self.firstClass + member
  }

  private func classOfKey(_ key: Int64) -> Int {
    var (low, high) = (0, bounds.count)
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle] <= key { low = middle + 1 } else { high = middle }
    }
    return Self.firstClass + low
  }

  /// All values of a class.
  public func set(ofClass number: Int) -> ValueSet {
    switch number {
    case Self.absentClass: return .absent
    case Self.invalidClass: return ValueSet(.members([]), includesInvalid: true)
    default: break
    }
    switch domain {
    case .members: return ValueSet(.members([number - Self.firstClass]))
    case .texts: return ValueSet(symbol(ofClass: number).map { .members([$0]) } ?? .allBut(symbols))
    case .ordered: return ValueSet(.stretches([stretch(ofClass: number)]))
    case .opaque: return ValueSet(.allBut([]))
    }
  }
}

extension ValueSet {
  fileprivate var mentionedMembers: [Int] {
    switch present {
    case .members(let members), .allBut(let members): members
    case .stretches: []
    }
  }

  fileprivate var bounds: [Int64] {
    guard case .stretches(let stretches) = present else { return [] }
    return stretches.flatMap { stretch in
      (stretch.lower == .min ? [] : [stretch.lower]) + (stretch.upper == .max ? [] : [stretch.upper + 1])
    }
  }
}
