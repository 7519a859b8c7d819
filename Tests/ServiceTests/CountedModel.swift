#if Service
  import Engine
  import RuleEvaluator
  import SQLiteState
  import TestSupport
  import Testing
  import WorkingTime

  /// What a state should answer about groups of like tickets, without tables.
  struct CountedModel {
    struct Place: Hashable {
      var group: RecurrenceGroup
      var at: Instant
      var ticket: String
    }

    struct Standing {
      var touched: Instant?
      var told: String?
    }

    static let recurrence = Review.Recurrence(fields: [0], instant: 1, count: 3, milliseconds: 5)

    var missing: [Place: UInt64] = [:]
    var groups: [RecurrenceGroup: Standing] = [:]
    var tickets: Set<String> = []

    // MARK: - In

    mutating func apply(_ changes: PageChanges) {
      for id in changes.known { remove(id) }
      for id in Set(changes.tickets.map(\.id)) {
        tickets.insert(id)
        for contribution in changes.contributions[id] ?? [] {
          missing[Place(group: contribution.group, at: contribution.at, ticket: id)] = contribution.missing
          touch(contribution.group, contribution.boundary)
        }
      }
      for id in changes.vanished {
        tickets.remove(id)
        remove(id)
      }
      for group in changes.reviewed where groups[group.group] != nil {
        groups[group.group] = Standing(touched: nil, told: group.due)
      }
    }

    mutating func remove(_ ticket: String) {
      for place in missing.keys where place.ticket == ticket {
        missing[place] = nil
        touch(place.group, Instant(milliseconds: .max))
      }
    }

    private mutating func touch(_ group: RecurrenceGroup, _ boundary: Instant) {
      var standing = groups[group] ?? Standing()
      standing.touched = min(standing.touched ?? boundary, boundary)
      groups[group] = standing
    }

    // MARK: - Out

    var touched: Set<TouchedGroup> {
      Set(
        groups.compactMap { group, standing in
          standing.touched.map { TouchedGroup(group: group, boundary: $0, told: standing.told) }
        })
    }

    func due(_ group: RecurrenceGroup) -> RecurrenceCount.Member? {
      var count = RecurrenceCount()
      for (place, missing) in missing where place.group == group {
        count.add(RecurrenceCount.Member(at: place.at, ticket: place.ticket, missing: missing))
      }
      return count.due(Self.recurrence)
    }

    /// Whether a state answers the same.
    func expect(of state: SQLiteState, sourceLocation: SourceLocation = #_sourceLocation) async throws {
      let touched = try await state.touchedGroups(limit: 1_000)
      #expect(Set(touched) == self.touched, sourceLocation: sourceLocation)
      for group in Set(groups.keys).union(missing.keys.map(\.group)) {
        let due = try await state.dueReview(of: group, Self.recurrence)
        #expect(due == self.due(group), "\(group)", sourceLocation: sourceLocation)
      }
    }
  }

  /// Pages of a few tickets that often come at one instant, come twice on a page, and are counted twice at one place.
  struct RandomPages {
    static let groups = [("R-1", "a"), ("R-1", "b"), ("R-2", "a"), ("R-2", "")].map {
      RecurrenceGroup(review: $0.0, values: $0.1)
    }

    var generator: SeededGenerator

    mutating func next(_ model: CountedModel) -> PageChanges {
      var changes = PageChanges(now: Instant(milliseconds: 0))
      for _ in 0..<Int.random(in: 0...6, using: &generator) {
        let id = ticket()
        changes.tickets.append(memory(id))
        if model.tickets.contains(id) { changes.known.append(id) }
        changes.contributions[id] = contributions()
      }
      if generator.chance(3) { changes.vanished.append(ticket()) }
      // One whose decision the store did not take, because it had gone.
      if generator.chance(4) { changes.contributions["T-gone"] = contributions() }
      for group in model.touched.map(\.group).inOrder where generator.chance(2) {
        changes.reviewed.append(ReviewedGroup(group: group, due: generator.chance(2) ? "T-1" : nil))
      }
      return changes
    }

    mutating func ticket() -> String { "T-\(Int.random(in: 0..<20, using: &generator))" }

    private func memory(_ id: String) -> TicketMemory {
      TicketMemory(id: id, generation: 1, digest: 1, evaluatedAt: Instant(milliseconds: 0), nextDue: nil)
    }

    private mutating func contributions() -> [KeptContribution]? {
      let count = Int.random(in: 0...3, using: &generator)
      if count == 0 { return nil }
      return (0..<count).map { _ in
        KeptContribution(
          group: generator.pick(Self.groups), at: instant(), missing: missing(),
          boundary: Instant(milliseconds: Int64.random(in: 0...5, using: &generator)))
      }
    }

    /// Also before 1970.
    mutating func instant() -> Instant {
      let far = generator.pick([0, 1_772_445_600_000, -86_400_000] as [Int64])
      return Instant(milliseconds: far + Int64.random(in: -4...4, using: &generator))
    }

    mutating func missing() -> UInt64 { generator.chance(6) ? 0 : generator.pick([1, 2, 1 << 63]) }
  }

  extension Sequence<RecurrenceGroup> {
    /// The same in each run.
    var inOrder: [RecurrenceGroup] { sorted { ($0.review, $0.values) < ($1.review, $1.values) } }
  }
#endif
