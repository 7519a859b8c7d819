#if Service
  import Engine
  import Foundation
  import SQLiteState
  import TestSupport
  import Testing
  import WorkingTime

  @Suite("The state file of another version", .enabled(if: SQLiteShell.isThere, "sqlite3 is not installed"))
  struct MigrationTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures")

    private func makeFile(_ watch: Watch, form: Int = 1, _ more: String = "") throws {
      let tables = Self.fixtures.appending(path: "state-\(form).sql")
      try SQLiteShell.run(try String(contentsOf: tables, encoding: .utf8) + more, on: watch.path)
    }

    private func open(_ watch: Watch) async throws -> SQLiteState {
      let state = SQLiteState(path: watch.path)
      let now = watch.clock.now()
      _ = try await state.begin(rulebook: "x", notifiers: [], watchingSince: now, at: now)
      return state
    }

    @Test("is brought up to date: what waits is sent, what was sent is known, turns and reviews begin")
    func older() async throws {
      let watch = try Watch("2026-03-02T10:30:00Z")
      try makeFile(watch)
      for id in ["T-1", "T-2"] { watch.put(id, opened: "08:00") }
      try await watch.run { service in
        try await until { watch.inbox.keys.count == 1 }
        try await until { watch.events.contains { if case .swept = $0 { true } else { false } } }
        watch.clock.set(to: try instant("2026-03-02T12:00:01Z"))
        try await until { watch.inbox.keys.count == 3 }
      }
      #expect(
        watch.inbox.keys.sorted()
          == ["T-1/answer/answer/0/50%", "T-1/answer/answer/0/due", "T-2/answer/answer/0/due"])
      // A second start finds nothing to do.
      try await watch.run { try await watch.settle($0) }
      #expect(watch.inbox.keys.count == 3)
    }

    @Test("counts the same tickets together as before, and goes on", arguments: 1...4)
    func counted(seed: Int) async throws {
      let watch = try Watch()
      var pages = RandomPages(generator: SeededGenerator(seed: seed))
      var model = CountedModel(random: &pages)
      try makeFile(watch, form: 4, model.fourthForm)
      // A ticket that had gone was counted on.
      let gone = Set(model.missing.keys.map(\.ticket)).subtracting(model.tickets)
      for id in gone { model.remove(id) }
      try #require(!gone.isEmpty && model.missing.count > 50)
      let state = try await open(watch)
      try await model.expect(of: state)
      for number in 1...40 {
        var changes = pages.next(model)
        if number.isMultiple(of: 2), let id = model.tickets.sorted().first { changes.vanished = [id] }
        try await state.keep(changes)
        model.apply(changes)
        try await model.expect(of: state)
      }
      state.close()
      let counts =
        "SELECT (SELECT count(*) FROM recurrence), (SELECT count(*) FROM ticket WHERE counted IS NOT NULL)"
      let counted = Set(model.missing.keys.map(\.ticket)).count
      #expect(try SQLiteShell.rows(counts, of: watch.path) == ["\(model.missing.count)|\(counted)"])
    }

    @Test("keeps what is known of tickets, and writes it in fewer bytes when they are decided")
    func known() async throws {
      let watch = try Watch()
      try makeFile(
        watch, form: 4,
        """
        INSERT INTO ticket (id, generation, digest, evaluated_at, known) VALUES
          ('T-1', 1, 1, 1772445600000, '3w5e11264sgsf 0 a'), ('T-2', 1, 1, 1772445600000, NULL),
          ('T-3', 1, 1, 1772445600000, '1z');
        """)
      var state = try await open(watch)
      let hashes: [String: [UInt64]] = ["T-1": [.max, 0, 10], "T-2": [], "T-3": [71]]
      var recalled = try await state.recall(["T-1", "T-2", "T-3"])
      #expect(recalled.mapValues(\.memory.known) == hashes)
      var changes = PageChanges(now: watch.clock.now())
      changes.tickets = ["T-1", "T-2"].compactMap { recalled[$0]?.memory }
      changes.known = ["T-1", "T-2"]
      try await state.keep(changes)
      state.close()
      let kept = try SQLiteShell.rows("SELECT id, typeof(known), length(known) FROM ticket", of: watch.path)
      #expect(kept == ["T-1|blob|24", "T-2|null|", "T-3|text|2"])
      state = try await open(watch)
      recalled = try await state.recall(["T-1", "T-2", "T-3"])
      #expect(recalled.mapValues(\.memory.known) == hashes)
      state.close()
    }

    @Test("is refused where it is newer, and left as it is")
    func newer() async throws {
      let watch = try Watch()
      try makeFile(watch, form: 1, "INSERT INTO grdb_migrations VALUES ('docket-state.999');")
      let before = try Data(contentsOf: URL(filePath: watch.path))
      let state = SQLiteState(path: watch.path)
      let now = watch.clock.now()
      await #expect(throws: StateError(.newer, path: watch.path)) {
        _ = try await state.begin(rulebook: "x", notifiers: [], watchingSince: now, at: now)
      }
      state.close()
      #expect(try Data(contentsOf: URL(filePath: watch.path)) == before)
    }
  }

  extension CountedModel {
    /// More groups than are counted, some of them touched; and tickets of which some have gone.
    init(random pages: inout RandomPages) {
      for number in 0..<12 {
        let group = RecurrenceGroup(review: "R-\(number / 4 + 1)", values: "v\(number)'\u{1F}\"ä\"")
        let boundary = pages.generator.pick([nil, -1, 3, .max] as [Int64?])
        groups[group] = Standing(
          touched: boundary.map { Instant(milliseconds: $0) }, told: pages.generator.chance(2) ? "T-1" : nil)
      }
      for group in RandomPages.groups { groups[group] = Standing() }
      let all = groups.keys.inOrder
      for _ in 0..<120 {
        let place = Place(
          group: pages.generator.pick(all), at: pages.instant(), ticket: pages.ticket())
        missing[place] = pages.missing()
      }
      tickets = Set(missing.keys.map(\.ticket).sorted().dropLast(6)).union(["T-quiet"])
    }

    /// The rows of the state's fourth form.
    fileprivate var fourthForm: String {
      let rows =
        tickets.map {
          "INSERT INTO ticket (id, generation, digest, evaluated_at) VALUES ('\($0)', 1, 1, 1772445600000);"
        }
        + groups.map { group, standing in
          """
          INSERT INTO review_group VALUES (\(group.quoted), \(standing.touched.map { "\($0.milliseconds)" } ?? "NULL"), \
          \(standing.told.map { "'\($0)'" } ?? "NULL"));
          """
        }
        + missing.map { place, missing in
          """
          INSERT INTO recurrence VALUES (\(place.group.quoted), \(place.at.milliseconds), '\(place.ticket)', \
          \(Int64(bitPattern: missing)));
          """
        }
      return rows.joined(separator: "\n")
    }
  }

  extension RecurrenceGroup {
    fileprivate var quoted: String {
      [review, values].map { "'\($0.replacing("'", with: "''"))'" }.joined(separator: ", ")
    }
  }
#endif
