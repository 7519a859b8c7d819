/// Why the service's state cannot be read or written.
public struct StateError: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// No room is left on its disk.
    case full
    case readOnly
    /// Another process has it.
    case locked
    case corrupt
    /// A newer version of Docket made it.
    case newer
    /// It is something else than a state, or cannot be opened.
    case unusable
    /// Anything else, such as a failing disk.
    case failing
  }

  public var kind: Kind
  public var message: String
  public var hint: String?

  /// - Parameter detail: what the database says, where that says more.
  public init(_ kind: Kind, path: String, detail: String? = nil) {
    self.kind = kind
    (message, hint) = Self.words(kind, path, detail)
  }

  /// Whether waiting may help; the others need somebody to do something else than making room.
  public var mayPass: Bool { kind == .full || kind == .readOnly || kind == .failing }

  private static func words(_ kind: Kind, _ path: String, _ detail: String?) -> (String, String?) {
    let suffix = detail.map { ": \($0)" } ?? ""
    switch kind {
    case .full:
      return (
        "no room is left for the state file '\(path)'",
        "free some space on its disk; nothing is sent that cannot be recorded, and everything goes on afterwards"
      )
    case .readOnly:
      return (
        "the state file '\(path)' cannot be written",
        "let Docket write the file and its folder; nothing is sent that cannot be recorded"
      )
    case .locked:
      return (
        "the state file '\(path)' is used by another process",
        "one service has one state file: end the other one, or name another file"
      )
    case .corrupt:
      return (
        "the state file '\(path)' is damaged",
        "restore it from a backup, or save what is left: sqlite3 FILE .recover"
      )
    case .newer:
      return (
        "the state file '\(path)' was made by a newer version of Docket",
        "use that version, or another state file"
      )
    case .unusable:
      return ("'\(path)' is no state file of Docket\(suffix)", "mend the path")
    case .failing: return ("the state file '\(path)' fails\(suffix)", nil)
    }
  }
}
