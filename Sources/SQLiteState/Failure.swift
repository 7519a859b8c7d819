#if Service
  import Engine
  import GRDB

  /// Turns what SQLite throws into what the service acts upon.
  enum Failure {
    /// Result codes: https://www.sqlite.org/rescode.html
    static func stateError(_ error: any Error, path: String) -> StateError {
      if let error = error as? StateError { return error }
      guard let error = error as? DatabaseError else {
        return StateError(.failing, path: path, detail: "\(error)")
      }
      switch error.resultCode {
      case .SQLITE_FULL: return StateError(.full, path: path)
      case .SQLITE_READONLY: return StateError(.readOnly, path: path)
      case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: return StateError(.locked, path: path)
      case .SQLITE_CORRUPT: return StateError(.corrupt, path: path)
      case .SQLITE_NOTADB, .SQLITE_FORMAT:
        return StateError(.unusable, path: path, detail: "it is no SQLite database")
      case .SQLITE_CANTOPEN, .SQLITE_PERM:
        return StateError(.unusable, path: path, detail: "it cannot be opened or made")
      default: return StateError(.failing, path: path, detail: error.message ?? error.resultCode.description)
      }
    }
  }
#endif
