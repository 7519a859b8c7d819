#if Service
  import Engine
  import SQLiteState
  import TestSupport
  import Testing
  import WorkingTime

  @Suite("The state and what reviews count")
  struct CountingTests {
    private func begin(_ watch: Watch) async throws -> SQLiteState {
      let state = SQLiteState(path: watch.path)
      let now = watch.clock.now()
      _ = try await state.begin(rulebook: "x", notifiers: [], watchingSince: now, at: now)
      return state
    }

    @Test("counts what tickets add until they change or go, whatever a page holds", arguments: 1...6)
    func pages(seed: Int) async throws {
      let watch = try Watch()
      var state = try await begin(watch)
      var pages = RandomPages(generator: SeededGenerator(seed: seed))
      var model = CountedModel()
      for number in 1...60 {
        let changes = pages.next(model)
        try await state.keep(changes)
        model.apply(changes)
        try await model.expect(of: state)
        if number.isMultiple(of: 20) {
          state.close()
          state = try await begin(watch)
        }
      }
      // Nothing is left of tickets that are gone.
      var changes = PageChanges(now: watch.clock.now())
      changes.vanished = model.tickets.sorted()
      try await state.keep(changes)
      model.apply(changes)
      #expect(model.missing.isEmpty && !model.groups.isEmpty)
      try await model.expect(of: state)
      state.close()
    }

    @Test("answers of a group that was never counted")
    func unknown() async throws {
      let watch = try Watch()
      let state = try await begin(watch)
      let group = RecurrenceGroup(review: "R", values: "v")
      #expect(try await state.dueReview(of: group, CountedModel.recurrence) == nil)
      var changes = PageChanges(now: watch.clock.now())
      changes.reviewed = [ReviewedGroup(group: group, due: nil)]
      try await state.keep(changes)
      #expect(try await state.touchedGroups(limit: 10).isEmpty)
      state.close()
    }
  }
#endif
