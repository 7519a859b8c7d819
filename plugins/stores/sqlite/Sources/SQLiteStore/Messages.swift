#if SQLite
  /// Every sentence that this plugin says.
  enum Messages {
    // Settings.
    static let noPath = "is missing: it says where the database is"
    static let noPathHint = "write the path of an SQLite file, such as tickets.db"
    static let createsExisting = "is for Docket's own tables, and 'table' names one that is there"
    static let columnWithoutTable = "says which column of 'table' to read, and 'table' is missing"
    static let notOpen = "the store was used before it was opened"

    // The file.
    static func noFile(_ path: String) -> String { "no database '\(path)' exists" }
    static let noFileHint = "mend the path, or set create: true to have it made"
    static func folder(_ path: String) -> String { "'\(path)' is a folder, not a database" }
    static func noDatabase(_ path: String) -> String { "'\(path)' is no SQLite database" }
    static let noDatabaseHint = "mend the path; files of tickets are for the store 'files'"
    static func cannotOpen(_ path: String) -> String { "the database '\(path)' cannot be opened" }
    static let cannotOpenHint =
      "let Docket read the file and, in WAL mode, make files beside it; the folder must exist"
    static func damaged(_ path: String) -> String { "the database '\(path)' is damaged" }
    static let damagedHint = "restore it from a backup, or save what is left: sqlite3 FILE .recover"
    static func readOnly(_ path: String) -> String { "the database '\(path)' cannot be written" }
    static let readOnlyHint = "let Docket write the file and its folder"
    static func locked(_ path: String) -> String { "the database '\(path)' is locked by another program" }
    static let lockedHint = "end the program that holds it, or wait until it is done"
    static func full(_ path: String) -> String { "no room is left for the database '\(path)'" }
    static let fullHint = "free some space on its disk, and on the disk of temporary files"
    static func inputOutput(_ path: String) -> String { "the disk of the database '\(path)' fails" }
    static func refused(_ path: String, _ reason: String) -> String {
      "SQLite refuses a request to '\(path)': \(reason)"
    }
    static let cancelled = "the request was cancelled"

    // Tables.
    static func notOurs(_ path: String) -> String { "the database '\(path)' has no tables of Docket" }
    static let notOursHint = "set create: true to have them made, or name a table that is there with 'table'"
    static func foreignTickets(_ path: String) -> String {
      "the database '\(path)' has a table 'tickets' that is not Docket's"
    }
    static let foreignTicketsHint = "read it with table: tickets, or take another database"
    static func newerSchema(_ path: String) -> String {
      "the database '\(path)' was made by a newer version of Docket"
    }
    static let newerSchemaHint = "use that version, or a copy of the database made by this one"
    static func olderSchema(_ path: String) -> String {
      "the database '\(path)' was made by an older version of Docket and cannot be written"
    }
    static let olderSchemaHint = "let Docket write the file once, so that it can bring it up to date"
    static func noTable(_ name: String) -> String { "the database has no table or view '\(name)'" }
    static func noColumn(_ name: String, of table: String) -> String { "'\(table)' has no column '\(name)'" }

    // Problems that do not stop anything.
    static func notWritable(_ path: String) -> String {
      "the database '\(path)' cannot be written: decisions are not kept"
    }
    static let journal = "the database is not in WAL mode: a reading is no single moment, one page is"
    static let journalHint = "run once: sqlite3 FILE 'PRAGMA journal_mode = WAL'"

    // Records.
    static let noJSON = "a row has no JSON: the column is NULL"
    static func tooLong(_ size: Int) -> String {
      "a ticket is \(size) bytes long, more than the limit of \(TicketTable.recordLimit)"
    }
    static let noVersion = "the decision does not say which version of the ticket it is about"
  }
#endif
