import Expressions

/// What a programmer would write for an expression: on the same slots, with the same look at whether a value has its
/// type. Nil where it has not, which an expression reports as an error. Never inlined, for a program is not either.
protocol ByHand {
  static func decide(_ ticket: BenchmarkTicket) -> Bool?
}

enum TwoNumbers: ByHand {
  @inline(never)
  static func decide(_ ticket: BenchmarkTicket) -> Bool? {
    let (users, limit) = (ticket.value(ofSlot: 3), ticket.value(ofSlot: 4))
    guard users.kind == .int, limit.kind == .int else { return nil }
    return users.integer > limit.integer
  }
}

enum TwoChoices: ByHand {
  @inline(never)
  static func decide(_ ticket: BenchmarkTicket) -> Bool? {
    let type = ticket.value(ofSlot: 1)
    guard type.kind == .choice else { return nil }
    if type.integer != 0 { return false }
    let urgency = ticket.value(ofSlot: 2)
    guard urgency.kind == .choice else { return nil }
    return urgency.integer == 0
  }
}

enum NumberOrBoolean: ByHand {
  @inline(never)
  static func decide(_ ticket: BenchmarkTicket) -> Bool? {
    let score = ticket.value(ofSlot: 5)
    guard score.kind == .double else { return nil }
    if score.number >= 0.5 { return true }
    let vip = ticket.value(ofSlot: 6)
    guard vip.kind == .bool else { return nil }
    return vip.integer != 0
  }
}

enum Age: ByHand {
  @inline(never)
  static func decide(_ ticket: BenchmarkTicket) -> Bool? {
    let (now, submitted) = (ticket.value(ofSlot: 8), ticket.value(ofSlot: 7))
    guard now.kind == .timestamp, submitted.kind == .timestamp else { return nil }
    let (age, overflow) = now.integer.subtractingReportingOverflow(submitted.integer)
    return overflow ? nil : age > 4 * 3_600_000
  }
}

/// Counts all code points of the text, as `size()` means.
enum ThreeTerms: ByHand {
  @inline(never)
  static func decide(_ ticket: BenchmarkTicket) -> Bool? {
    ticket.threeTerms { text in
      var count = 0
      for byte in text where byte & 0xC0 != 0x80 { count += 1 }
      return count > 10
    }
  }
}

/// Stops at the first code point behind the tenth.
enum ThreeTermsStoppingEarly: ByHand {
  @inline(never)
  static func decide(_ ticket: BenchmarkTicket) -> Bool? {
    ticket.threeTerms { text in
      var count = 0
      for byte in text where byte & 0xC0 != 0x80 {
        count += 1
        if count > 10 { return true }
      }
      return false
    }
  }
}

/// Knows that n bytes are n code points at most and n / 4 at least.
enum ThreeTermsByBytes: ByHand {
  @inline(never)
  static func decide(_ ticket: BenchmarkTicket) -> Bool? {
    ticket.threeTerms { text in
      if text.count <= 10 { return false }
      if text.count >= 44 { return true }
      var count = 0
      for byte in text where byte & 0xC0 != 0x80 { count += 1 }
      return count > 10
    }
  }
}

extension BenchmarkTicket {
  @inline(__always)
  fileprivate func threeTerms(_ isLong: (UnsafeRawBufferPointer) -> Bool) -> Bool? {
    let description = value(ofSlot: 0)
    guard description.kind == .text, description.range.upperBound <= text.count else { return nil }
    if !isLong(UnsafeRawBufferPointer(rebasing: text[description.range])) { return false }
    let type = value(ofSlot: 1)
    guard type.kind == .choice else { return nil }
    if type.integer != 0 { return false }
    let urgency = value(ofSlot: 2)
    guard urgency.kind == .choice else { return nil }
    return urgency.integer == 0 || urgency.integer == 1
  }
}
