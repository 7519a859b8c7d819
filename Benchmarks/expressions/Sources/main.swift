// Compiled expressions beside the same written by hand, on one core; the results are a table in Markdown.
// `Benchmarks/bench.py` runs it. An argument is the number of rounds; `check` runs few and times nothing.
import CAllocationCount
import Expressions
import Glibc

/// An expression, and the functions that do the same by hand.
struct Contest {
  var expression: String
  var byHand: [(name: String, run: ([BenchmarkTicket]) -> Int)]

  init(_ expression: String, _ byHand: [(String, any ByHand.Type)]) {
    self.expression = expression
    self.byHand = byHand.map { ($0, runner($1)) }
  }
}

/// A loop around one function, which it calls directly.
func runner<Function: ByHand>(_ function: Function.Type) -> ([BenchmarkTicket]) -> Int {
  { tickets in
    var count = 0
    for ticket in tickets { count += Function.decide(ticket) == true ? 1 : 0 }
    return count
  }
}

let contests = [
  Contest("affected_users > limit", [("the same", TwoNumbers.self)]),
  Contest("type == 'fault' && urgency == 'high'", [("the same", TwoChoices.self)]),
  Contest("score >= 0.5 || is_vip", [("the same", NumberOrBoolean.self)]),
  Contest("now - submitted_at > duration('4h')", [("the same", Age.self)]),
  Contest(
    "size(description) > 10 && type == 'fault' && urgency in ['high', 'medium']",
    [
      ("counting code points", ThreeTerms.self), ("stopping early", ThreeTermsStoppingEarly.self),
      ("by the count of bytes", ThreeTermsByBytes.self),
    ]),
]

func nanoseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
}

/// The median of what each round of `evaluate` over all tickets took, per ticket.
func median(_ values: [Int], per count: Int) -> Double {
  Double(values.sorted()[values.count / 2]) / Double(count)
}

@inline(never)
func run(_ program: Program, _ tickets: [BenchmarkTicket]) -> Int {
  var count = 0
  for ticket in tickets {
    if case .success(let holds) = program.holds(ticket) { count += holds ? 1 : 0 }
  }
  return count
}

struct Row {
  var cells: [String]
  init(_ cells: String...) { self.cells = cells }
  var text: String { "| " + cells.joined(separator: " | ") + " |" }
}

func rounded(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)"
}

/// Nanoseconds a ticket, medians: of the program, and of each function.
func measure(
  _ program: Program, _ contest: Contest, _ tickets: [BenchmarkTicket], rounds: Int
) throws -> (own: Double, byHand: [Double]) {
  for hand in contest.byHand where hand.run(tickets) != run(program, tickets) {
    throw Disagreement(expression: contest.expression)
  }
  var own: [Int] = []
  var others: [[Int]] = contest.byHand.map { _ in [] }
  for _ in 0..<rounds {
    var last = nanoseconds()
    _ = run(program, tickets)
    own.append(nanoseconds() - last)
    for (index, hand) in contest.byHand.enumerated() {
      last = nanoseconds()
      _ = hand.run(tickets)
      others[index].append(nanoseconds() - last)
    }
  }
  return (median(own, per: tickets.count), others.map { median($0, per: tickets.count) })
}

func rows(
  of contest: Contest, _ tickets: [BenchmarkTicket], _ repeated: [BenchmarkTicket], rounds: Int
) throws -> [Row] {
  let program = try Program(contest.expression, in: BenchmarkTicket.environment, expected: .bool)
  let before = allocation_count()
  _ = run(program, tickets)
  let allocations = allocation_count() - before
  let different = try measure(program, contest, tickets, rounds: rounds)
  let same = try measure(program, contest, repeated, rounds: rounds)
  return contest.byHand.enumerated().map { index, hand in
    Row(
      "`\(contest.expression.replacing("||", with: "\\|\\|"))`", hand.name,
      rounded(different.own), rounded(different.byHand[index]),
      rounded(different.own / different.byHand[index]) + " x",
      rounded(same.own), rounded(same.byHand[index]), rounded(same.own / same.byHand[index]) + " x",
      String(allocations))
  }
}

struct Disagreement: Error { var expression: String }

/// 60 comparisons of all kinds, joined.
let longCondition = (0..<60).map { index in
  [
    "affected_users > \(index)", "type != 'anomaly'", "size(description) < \(index + 1000)",
    "score <= \(index).5",
    "urgency in ['high', 'low']", "submitted_at < now",
  ][index % 6]
}.joined(separator: " && ")

func measureCompilation(rounds: Int) throws -> Double {
  var times: [Int] = []
  for _ in 0..<rounds {
    let start = nanoseconds()
    _ = try Program(longCondition, in: BenchmarkTicket.environment, expected: .bool)
    times.append(nanoseconds() - start)
  }
  return median(times, per: 1)
}

let isCheck = CommandLine.arguments.dropFirst().first == "check"
let rounds = isCheck ? 3 : CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 2001
let tickets = BenchmarkTicket.samples(512)
// One that takes every term, so that the processor foresees every branch.
let repeated = Array(
  repeating: tickets.first { ThreeTerms.decide($0) == true && TwoNumbers.decide($0) == true } ?? tickets[0],
  count: 512)
var table = [
  Row(
    "expression", "by hand", "ns, 512 tickets", "by hand", "ratio", "ns, one ticket", "by hand", "ratio",
    "allocations in 512"),
  Row("---", "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:"),
]
for contest in contests { table += try rows(of: contest, tickets, repeated, rounds: rounds) }
print(table.map(\.text).joined(separator: "\n"))
let passes = try PatternContest.table(tickets, rounds: max(3, rounds / 10))
print("\n" + passes.map(\.text).joined(separator: "\n"))
let compilation = try measureCompilation(rounds: max(3, rounds / 10))
print(
  "\nParse, check and compile a condition of 60 terms (\(longCondition.utf8.count) bytes): \(rounded(compilation / 1000)) µs."
)
