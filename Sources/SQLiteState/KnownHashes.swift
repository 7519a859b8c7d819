#if Service
  import GRDB
  import GRDBSQLite

  /// `ticket.known`: 8 bytes a hash, the least significant first; NULL for none. Before migration 5 it was text, in base 36 with
  /// spaces between them, and rows that were not written since then have that.
  extension [UInt64] {
    var knownBytes: [UInt8] {
      map(\.littleEndian).withUnsafeBytes { [UInt8]($0) }
    }

    /// - Parameter index: the column of `known`, from 0.
    init(known index: Int32, of statement: SQLiteStatement) {
      let bytes = [UInt8](column: index, of: statement)
      self = sqlite3_column_type(statement, index) == SQLITE_TEXT ? Self(text: bytes) : Self(bytes: bytes)
    }

    private init(bytes: [UInt8]) {
      self = bytes.withUnsafeBytes { bytes in
        stride(from: 0, through: bytes.count - 8, by: 8).map {
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self))
        }
      }
    }

    private init(text: [UInt8]) {
      self = text.split(separator: UInt8(ascii: " ")).compactMap {
        UInt64(String(decoding: $0, as: UTF8.self), radix: 36)
      }
    }
  }
#endif
