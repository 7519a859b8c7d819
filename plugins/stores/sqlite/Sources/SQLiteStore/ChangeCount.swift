#if SQLite
  import GRDB
  import PluginAPI

  /// The count of changes at one moment, with the identity of the database that it belongs to.
  struct ChangeCount: Sendable {
    private let identity: String
    let value: Int64

    init(_ database: Database) throws {
      let row = try Row.fetchOne(database, sql: "SELECT identity, value FROM sequence")
      identity = row?[0] ?? ""
      value = row?[1] ?? 0
    }

    var watermark: Watermark { Watermark("\(identity):\(value)") }

    /// The count that a watermark stands for; nil for one of another database, or of a later state of this one, as after
    /// restoring a backup: then everything is read.
    func version(of watermark: Watermark) -> Int64? {
      let parts = watermark.text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0] == identity, let version = Int64(parts[1]),
        (0...value).contains(version)
      else { return nil }
      return version
    }
  }
#endif
