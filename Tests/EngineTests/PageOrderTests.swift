import Testing

@testable import Engine

@Suite("Pages that are evaluated side by side")
struct PageOrderTests {
  /// Plays every order in which jobs can finish, from the state `order`, as the pipeline does it: fetch while there is
  /// room, then wait for any one page.
  private struct Game {
    let jobs: Int
    let pages: Int
    var order: PageOrder
    var running: [Int] = []
    var issued = 0
    var passed: [Int] = []

    init(jobs: Int, pages: Int) {
      self.jobs = jobs
      self.pages = pages
      order = PageOrder(jobs: jobs)
    }

    /// - Returns: how many ends of the game there are.
    mutating func play() -> Int {
      while order.hasRoom {
        guard issued < pages else {
          order.close()
          break
        }
        issued += 1
        running.append(order.issue())
        #expect(issued - passed.count <= 2 * jobs, "too many pages are in memory")
        #expect(running.count <= jobs, "more pages are evaluated than there are jobs")
      }
      if running.isEmpty { return end() }
      var ends = 0
      for finished in running.indices {
        var next = self
        next.order.add(EvaluatedPage(number: next.running.remove(at: finished), source: ""))
        while let page = next.order.next() { next.passed.append(page.number) }
        #expect(next.passed == Array(0..<next.passed.count))
        ends += next.order.isFinished ? next.end() : next.play()
      }
      return ends
    }

    private func end() -> Int {
      #expect(order.isFinished)
      #expect(passed == Array(0..<pages))
      return 1
    }
  }

  @Test(
    "come out in their order, whichever finishes first, and few are in memory",
    arguments: 0...5, 1...3)
  func everyOrder(pages: Int, jobs: Int) {
    var game = Game(jobs: jobs, pages: pages)
    let ends = game.play()
    if jobs == 1 { #expect(ends == 1) }
    if pages == 5, jobs == 3 { #expect(ends > 50) }
  }

  @Test("wait for a slow one, but not without bound")
  func slowFirst() {
    var order = PageOrder(jobs: 2)
    let first = order.issue()
    for number in 1...3 {
      #expect(order.hasRoom)
      #expect(order.issue() == number)
      order.add(EvaluatedPage(number: number, source: ""))
      #expect(order.next() == nil)
    }
    #expect(!order.hasRoom)
    order.add(EvaluatedPage(number: first, source: ""))
    #expect((0...3).allSatisfy { order.next()?.number == $0 })
    #expect(order.hasRoom)
    #expect(!order.isFinished)
    order.close()
    #expect(order.isFinished)
  }
}
