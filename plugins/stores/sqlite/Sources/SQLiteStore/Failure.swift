#if SQLite
  import GRDB
  import PluginAPI

  /// Turns what SQLite and GRDB throw into what the engine acts upon.
  enum Failure {
    static func pluginError(_ error: any Error, path: String) -> PluginError {
      switch error {
      case let error as PluginError: error
      case let error as DatabaseError: pluginError(error, path: path)
      case is CancellationError: PluginError(.transient, Messages.cancelled)
      default: PluginError(.internal, Messages.refused(path, "\(error)"))
      }
    }

    /// Result codes: https://www.sqlite.org/rescode.html
    private static func pluginError(_ error: DatabaseError, path: String) -> PluginError {
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
        PluginError(.transient, Messages.locked(path), hint: Messages.lockedHint)
      case .SQLITE_FULL:
        PluginError(.transient, Messages.full(path), hint: Messages.fullHint)
      case .SQLITE_IOERR:
        PluginError(.transient, Messages.inputOutput(path))
      case .SQLITE_INTERRUPT, .SQLITE_ABORT:
        PluginError(.transient, Messages.cancelled)
      case .SQLITE_NOTADB, .SQLITE_FORMAT:
        wrongFile(Messages.noDatabase(path), hint: Messages.noDatabaseHint)
      case .SQLITE_CANTOPEN, .SQLITE_PERM:
        wrongFile(Messages.cannotOpen(path), hint: Messages.cannotOpenHint)
      case .SQLITE_CORRUPT:
        wrongFile(Messages.damaged(path), hint: Messages.damagedHint)
      case .SQLITE_READONLY:
        wrongFile(Messages.readOnly(path), hint: Messages.readOnlyHint)
      default:
        PluginError(.permanent, Messages.refused(path, error.message ?? error.resultCode.description))
      }
    }

    static func wrongFile(_ message: String, hint: String? = nil) -> PluginError {
      PluginError(.configuration, message, pointer: "/path", hint: hint)
    }
  }
#endif
