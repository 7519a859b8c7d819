#if Service
  import Engine
  import Foundation
  import PluginAPI
  import RuleEvaluator
  import TestSupport
  import WorkingTime

  /// Decides independently of the service what should have arrived, and compares it with what did.
  struct Judge {
    let world: World
    let rulebook: Rulebook
    let folder: String

    struct Verdict: Codable {
      var due = 0
      var accepted = 0
      /// Due, and never accepted.
      var missing: [String] = []
      /// Accepted more than once.
      var twice: [String] = []
      /// Accepted, and never due.
      var strange: [String] = []
      /// Handed over again after they were accepted.
      var repeats = 0
      /// How many were taken back.
      var resolved = 0
      /// Accepted, over, and not taken back after that.
      var left: [String] = []
      /// Taken back though it went on all the time.
      var hasty: [String] = []
      /// Taken back before anything was handed over: the process died when it was about to, so that nobody knew.
      var unhanded: [String] = []
    }

    /// For how many milliseconds of the world a ticket may still be seen as it was before a change: a page that was read before
    /// it is decided after it.
    let sight: Int64

    func verdict() -> Verdict {
      var verdict = Verdict()
      for (notifier, read) in [("desk", alone), ("board", grouped)] {
        let lines = lines("\(notifier).accepted")
        let keys = lines.map { String($0.split(separator: "\t").first ?? "") }
        verdict.repeats += self.lines("\(notifier).repeats").count
        // Of a batch, each of its notices is counted.
        let notices = lines.flatMap(read)
        let counts = Dictionary(notices.map { ($0, 1) }, uniquingKeysWith: +)
        verdict.accepted += counts.count
        verdict.twice += counts.filter { $0.value > 1 }.keys.sorted()
        if Set(keys).count < keys.count { verdict.twice.append("a key of \(notifier)") }
        let (due, ever) = planned(by: notifier)
        verdict.due += due.count
        verdict.missing += due.filter { counts[$0] == nil }.sorted()
        verdict.strange += counts.keys.filter { !ever.contains($0) }.sorted()
      }
      judgeResolutions(&verdict)
      return verdict
    }

    /// Of the notifier that sends each notice alone.
    private func judgeResolutions(_ verdict: inout Verdict) {
      var journal: [String: String] = [:]
      for line in lines("desk.journal") {
        guard let mark = line.first else { continue }
        journal[String(line.dropFirst()), default: ""].append(mark)
      }
      let (ended, steady) = fates()
      for (key, marks) in journal {
        let last = marks.last { $0 != "?" }
        if last == "-" { verdict.resolved += 1 }
        if last == "+", ended.contains(key) { verdict.left.append(key) }
        if marks.contains("-"), steady.contains(key) { verdict.hasty.append("\(key) \(marks)") }
        if marks.first == "-" { verdict.unhanded.append("\(key) \(marks)") }
      }
    }

    /// The keys whose windows have ended, and those whose windows never did. A ticket that is gone is in neither: the store
    /// does not tell of it.
    private func fates() -> (ended: Set<String>, steady: Set<String>) {
      var (ended, steady) = (Set<String>(), Set<String>())
      for ticket in world.histories.indices {
        let records = world.histories[ticket].map(\.json)
        guard let last = records.last ?? nil else { continue }
        let wasDone = records.contains { $0?.contains("done_at") ?? false }
        let hasChangedTarget = Set(records.map { $0?.contains("high") }).count > 1
        let keys = ["answer/answer/0/50%/N-1", "answer/answer/0/due/N-1", "solve/solve/0/75%/N-1"]
        let all = keys + ["solve/solve/0/due/N-1", "E-1/answer/0/due + 30 minutes"]
        let names = all.map { "\(World.id(ticket))/\($0)" }
        if last.contains("done_at") { ended.formUnion(names) }
        if !wasDone, !hasChangedTarget { steady.formUnion(names) }
      }
      return (ended, steady)
    }

    private func alone(_ line: String) -> [String] { [String(line.split(separator: "\t").first ?? "")] }

    /// What a batch holds: lines of the form `T-1|solve`, or `- T-1|solve` where there are several.
    private func grouped(_ line: String) -> [String] {
      let parts = line.split(separator: "\t").dropFirst().map {
        String($0).replacing(#/^\s*- /#, with: "").replacing(#/^\[late\] /#, with: "")
      }
      return parts.filter { $0.wholeMatch(of: /T-[0-9]+\|[a-z]+/) != nil }
    }

    private func lines(_ name: String) -> [String] {
      let text = (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
      return text.split(separator: "\n").map(String.init)
    }

    /// What was due at the end and under watch, and what was ever due.
    private func planned(by notifier: String) -> (due: Set<String>, ever: Set<String>) {
      let planner = DeliveryPlanner(rulebook, language: "en")
      var (due, ever) = (Set<String>(), Set<String>())
      for ticket in world.histories.indices {
        let changes = world.histories[ticket]
        for index in changes.indices {
          let isLast = index == changes.count - 1
          let until = isLast ? World.judgement : changes[index + 1].at.advanced(byMilliseconds: sight)
          guard let json = changes[index].json, let record = try? rulebook.ticket(json) else { continue }
          let decision = rulebook.decision(about: record, at: until)
          for planned in planner.deliveries(for: decision, of: record, id: World.id(ticket), at: until)
          where planned.notifiers?.contains(notifier) ?? true {
            let name = notifier == "board" ? planned.delivery.title : planned.delivery.key
            let isHistory = planned.due < World.start
            // What a change makes overdue is told, whenever it should have been told.
            if !isHistory || index > 0 { ever.insert(name) }
            if isLast, !isHistory { due.insert(name) }
          }
        }
      }
      return (due, ever)
    }
  }
#endif
