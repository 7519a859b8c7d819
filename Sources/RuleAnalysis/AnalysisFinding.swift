public import Diagnostics

/// What the analysis found: a message, and the ticket that shows it.
public struct AnalysisFinding: Sendable {
  public var diagnostic: Diagnostic
  /// Nil where no ticket can show it: that a row never hits, say.
  public var witness: Witness?

  public init(_ diagnostic: Diagnostic, witness: Witness? = nil) {
    self.diagnostic = diagnostic
    self.witness = witness
  }
}
