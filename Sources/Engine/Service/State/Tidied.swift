public import WorkingTime

/// What one step of tidying the state did.
public struct Tidied: Hashable, Sendable {
  /// How many keys are not kept as they are any more.
  public var keys: Int
  /// What fell due before it about a ticket that is not known is history from now on; nil where that stays as it is.
  public var forgottenUntil: Instant?

  public init(keys: Int = 0, forgottenUntil: Instant? = nil) {
    self.keys = keys
    self.forgottenUntil = forgottenUntil
  }
}
