#if Service
  import Engine
  import GRDB
  import WorkingTime

  /// What a page changes in `recurrence`: what its tickets add there, and what they added before.
  struct PageCounting {
    private struct Entry {
      var place: CountedPlace
      var ticket: String
      var missing: UInt64 = 0
    }

    private let database: Database
    private var groups: GroupNumbers
    private var added: [Entry] = []
    private var removed: [Entry] = []

    init(_ database: Database) throws {
      self.database = database
      groups = try GroupNumbers(database)
    }

    /// Answers what is kept beside the ticket, so that it is found when it is to be removed.
    mutating func add(_ contributions: [KeptContribution], of ticket: String) throws -> [UInt8] {
      if contributions.isEmpty { return [] }
      let places = try contributions.map { contribution in
        let number = try groups.touch(contribution.group, contribution.boundary.milliseconds)
        let place = CountedPlace(group: number, at: contribution.at.milliseconds)
        added.append(Entry(place: place, ticket: ticket, missing: contribution.missing))
        return place
      }
      return places.countedBytes
    }

    /// - Parameters:
    ///   - old: what was kept beside the ticket.
    ///   - new: what is kept there now; none where the ticket is gone.
    mutating func remove(_ old: [UInt8], of ticket: String, except new: [UInt8] = []) {
      if old.isEmpty || old == new { return }
      let kept = [CountedPlace](counted: new)
      for place in [CountedPlace](counted: old) where !kept.contains(place) {
        removed.append(Entry(place: place, ticket: ticket))
      }
    }

    // MARK: - Out

    private static let deletion = "DELETE FROM recurrence WHERE review_group = ? AND at = ? AND ticket = ?"
    /// A ticket that is decided again mostly adds what it added before.
    private static let insertion = """
      INSERT INTO recurrence (review_group, at, ticket, missing) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET missing = excluded.missing WHERE missing <> excluded.missing
      """

    mutating func write() throws {
      if !removed.isEmpty { try writeRemoved() }
      if !added.isEmpty { try writeAdded() }
      (added, removed) = ([], [])
    }

    private func writeRemoved() throws {
      let row = try RowStatement(Self.deletion, in: database)
      var last: Int64?
      for entry in inOrder(removed) {
        bind(entry, to: row)
        try row.run()
        if entry.place.group != last { try groups.touch(entry.place.group) }
        last = entry.place.group
      }
    }

    private func writeAdded() throws {
      let row = try RowStatement(Self.insertion, in: database)
      for entry in inOrder(added) {
        bind(entry, to: row)
        row.bind(Int64(bitPattern: entry.missing), at: 4)
        try row.run()
      }
    }

    private func bind(_ entry: Entry, to row: RowStatement) {
      row.bind(entry.place.group, at: 1)
      row.bind(entry.place.at, at: 2)
      row.bind(entry.ticket, at: 3)
    }

    /// In the order of the table, so that neighbours are written together. Of two at one place the last one holds.
    private func inOrder(_ entries: [Entry]) -> [Entry] {
      entries.indices.sorted { (entries[$0].place, $0) < (entries[$1].place, $1) }.map { entries[$0] }
    }
  }
#endif
