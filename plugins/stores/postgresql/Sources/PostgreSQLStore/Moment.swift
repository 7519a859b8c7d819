#if PostgreSQL
  import PluginAPI

  /// What a transaction sees, as a watermark: the next reading hands over what this one did not see.
  ///
  /// Changes become visible out of order: a transaction with a small number may commit long after one with a great number. So
  /// "everything above the greatest number seen" would lose changes, while a snapshot names those that were still under way
  /// (https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT).
  struct Moment: Hashable, Sendable {
    /// The server's identity and timeline, and the table: numbers of transactions mean nothing elsewhere.
    private let place: String
    /// `xmin:xmax:xip,xip…`.
    private let snapshot: String
    private let first: UInt64
    private let end: UInt64

    /// The moment of the running transaction. A standby does not know which transactions are under way beyond `xmin`, so
    /// what comes behind it is handed over again.
    init(_ table: TicketTable, _ connection: Connection) throws(PluginError) {
      let rows = try connection.query(
        """
        SELECT system_identifier || '/' || timeline_id, pg_current_snapshot()::text, pg_is_in_recovery()
        FROM pg_control_system(), pg_control_checkpoint()
        """)
      let snapshot = rows.text(0, 1) ?? ""
      let first = snapshot.prefix { $0 != ":" }
      let text = rows.text(0, 2) == "t" ? "\(first):\(first):" : snapshot
      guard let moment = Moment(place: "\(rows.text(0, 0) ?? "")/\(table.number)", text) else {
        throw PluginError(.internal, Messages.noSnapshot)
      }
      self = moment
    }

    /// The moment that a watermark stands for; nil for one of another server or table, or of a later state of this one, as
    /// after restoring a backup: then everything is read.
    init?(_ watermark: Watermark, before now: Moment) {
      guard let slash = watermark.text.lastIndex(of: "/") else { return nil }
      let snapshot = String(watermark.text[watermark.text.index(after: slash)...])
      self.init(place: String(watermark.text[..<slash]), snapshot)
      guard place == now.place, end <= now.end else { return nil }
    }

    private init?(place: String, _ snapshot: String) {
      let parts = snapshot.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 3, let first = UInt64(parts[0]), let end = UInt64(parts[1]), first > 0,
        first <= end,
        parts[2].allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ",") })
      else { return nil }
      self.place = place
      self.snapshot = snapshot
      self.first = first
      self.end = end
    }

    var watermark: Watermark { Watermark("\(place)/\(snapshot)") }

    /// What this moment did not see. The first half is what the index can find.
    var condition: String {
      "version >= '\(first)'::xid8 AND NOT pg_visible_in_snapshot(version, '\(snapshot)'::pg_snapshot)"
    }
  }
#endif
