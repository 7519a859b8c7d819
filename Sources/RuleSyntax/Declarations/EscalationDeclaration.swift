public import Diagnostics

/// Who is told when a window nears its end, or has passed it.
public struct EscalationDeclaration: Hashable, Sendable {
  public var id: Located<String>
  public var place: Place
  /// Nil after an error.
  public var level: Located<LevelDeclaration>?
  public var recipients: [Located<String>] = []
  /// Of which tickets; nil for all that have the window.
  public var condition: ConditionDeclaration?
  /// The names of notifiers; empty for all.
  public var via: [Located<String>] = []
  public var message: MessageDeclaration?

  public init(id: Located<String>, place: Place) {
    self.id = id
    self.place = place
  }
}
