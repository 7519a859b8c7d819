import CAllocationCount
import Expressions

/// The tickets again, with what sets of patterns found.
struct PatternTicket: SlotSource {
  let ticket: BenchmarkTicket
  let patterns: PatternMemo?

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { ticket.withBytes(body) }
  func value(ofSlot slot: Int) -> SlotValue { ticket.value(ofSlot: slot) }
  func composite(ofSlot slot: Int) -> Value { .null }
}

/// Conditions with patterns on one text, asked one by one and by one pass.
enum PatternContest {
  private static let patterns = [
    "登录.{0,20}(空白|失败)", "(?i)password|密码", "[0-9]{17}[0-9Xx]", "1[3-9][0-9]{9}", "(?i)timeout|超时",
    "https?://[^ ]+", "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+", "错误码[:：]? *[0-9]+", "(?i)stack ?trace", "打印机|扫描仪",
    "(ERR|E)[0-9]{3,}", "重启后(恢复|正常)",
  ]

  static func table(_ tickets: [BenchmarkTicket], rounds: Int) throws -> [Row] {
    var table = [
      Row("patterns on one text", "ns one by one", "ns by one pass", "allocations in 512"),
      Row("--:", "--:", "--:", "--:"),
    ]
    for count in [4, 6, 8, 12] {
      table.append(try row(Array(patterns.suffix(count)), tickets, rounds: rounds))
    }
    return table
  }

  private static func row(_ patterns: [String], _ tickets: [BenchmarkTicket], rounds: Int) throws -> Row {
    let alone = try patterns.map {
      try Program("description.matches('\($0)')", in: BenchmarkTicket.environment, expected: .bool)
    }
    guard let sets = PatternSets(alone) else { return Row(String(patterns.count), "", "", "") }
    let together = alone.map { $0.asking(sets) }
    let memo = PatternMemo(sets)
    if ask(alone, nil, tickets) != ask(together, memo, tickets) {
      throw Disagreement(expression: patterns.joined())
    }
    let before = allocation_count()
    _ = ask(together, memo, tickets)
    let allocations = allocation_count() - before
    var times: (alone: [Int], together: [Int]) = ([], [])
    for _ in 0..<rounds {
      var last = nanoseconds()
      _ = ask(alone, nil, tickets)
      times.alone.append(nanoseconds() - last)
      last = nanoseconds()
      _ = ask(together, memo, tickets)
      times.together.append(nanoseconds() - last)
    }
    return Row(
      String(patterns.count), rounded(median(times.alone, per: tickets.count)),
      rounded(median(times.together, per: tickets.count)), String(allocations))
  }

  private static func ask(_ programs: [Program], _ memo: PatternMemo?, _ tickets: [BenchmarkTicket]) -> Int {
    var count = 0
    for ticket in tickets {
      memo?.reset()
      let ticket = PatternTicket(ticket: ticket, patterns: memo)
      for program in programs {
        if case .success(true) = program.holds(ticket) { count += 1 }
      }
    }
    return count
  }
}
