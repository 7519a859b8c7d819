#if Service
  import Engine
  import GRDB
  import GRDBSQLite

  /// The groups of like tickets that one transaction touches: each is looked up once.
  struct GroupNumbers {
    private struct Entry {
      var number: Int64
      /// The earliest boundary with which this transaction touched it.
      var touched: Int64
    }

    private let database: Database
    private let lookup: RowStatement
    private let insertion: RowStatement
    private let touching: RowStatement
    private var entries: [RecurrenceGroup: Entry] = [:]

    init(_ database: Database) throws {
      self.database = database
      lookup = try RowStatement(
        "SELECT number FROM review_group WHERE review = ? AND members = ?", in: database)
      insertion = try RowStatement(
        "INSERT INTO review_group (touched, review, members) VALUES (?, ?, ?)", in: database)
      touching = try RowStatement(
        "UPDATE review_group SET touched = ?1 WHERE number = ?2 AND (touched IS NULL OR touched > ?1)",
        in: database)
    }

    /// The number of a group to which something is added.
    mutating func touch(_ group: RecurrenceGroup, _ boundary: Int64) throws -> Int64 {
      if let entry = entries[group], entry.touched <= boundary { return entry.number }
      let number = try entries[group]?.number ?? find(group)
      if let number { try touch(number, boundary) }
      let entry = Entry(number: try number ?? make(group, boundary), touched: boundary)
      entries[group] = entry
      return entry.number
    }

    /// A group that loses something is touched, but nothing becomes history that was not.
    func touch(_ number: Int64, _ boundary: Int64 = .max) throws {
      touching.bind(boundary, at: 1)
      touching.bind(number, at: 2)
      try touching.run()
    }

    private func find(_ group: RecurrenceGroup) throws -> Int64? {
      lookup.bind(group.review, at: 1)
      lookup.bind(group.values, at: 2)
      return try lookup.first { sqlite3_column_int64($0, 0) }
    }

    private func make(_ group: RecurrenceGroup, _ boundary: Int64) throws -> Int64 {
      insertion.bind(boundary, at: 1)
      insertion.bind(group.review, at: 2)
      insertion.bind(group.values, at: 3)
      try insertion.run()
      return database.lastInsertedRowID
    }
  }
#endif
