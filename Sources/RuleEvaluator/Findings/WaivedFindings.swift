public import WorkingTime

// Which findings and notices a waiver takes back. Everything that shows, counts or tells of findings goes by what is
// decided here.

extension Decision {
  /// The waiver of what `subject` finds about the ticket; -1 for none.
  ///
  /// For findings that are made outside of the evaluator, about several tickets: of a unique field, and of a review of
  /// frequent problems. The first waiver of the rulebook counts that applies.
  ///
  /// - Parameter instant: up to which the waiver must be in force, where that is later than the decision.
  /// - Returns: an index in `Rulebook.waivers`.
  public func waiver(of subject: Waiver.Subject, in rulebook: Rulebook, until instant: Instant? = nil) -> Int
  {
    for index in waivers where rulebook.waivers[index].subject == subject {
      if let instant, rulebook.waivers[index].endsAt <= instant { continue }
      return index
    }
    return -1
  }
}

extension Rulebook {
  /// Marks the findings that waivers take back and puts aside the notices of waived windows.
  ///
  /// What has been taken back is looked at again when its waiver ends. Called once for a decision to which waivers apply.
  func applyWaivers(to decision: inout Decision) {
    for index in decision.findings.indices {
      let waiver = waiver(of: decision.findings[index], in: decision)
      if waiver < 0 { continue }
      decision.findings[index].waiver = waiver
      decision.expectNotice(at: waivers[waiver].endsAt)
    }
    for index in decision.waivers { silence(waivers[index], in: &decision) }
  }

  /// Puts aside what is told of a waived window. Whether a waived review is due is not known here, but when to ask again.
  private func silence(_ waiver: Waiver, in decision: inout Decision) {
    switch waiver.subject {
    case .window(let window):
      // Of a changed status `rule` is no window.
      let silent = decision.notices.filter { $0.event != .statusChanged && $0.rule == window }
      if silent.isEmpty { return }
      decision.notices.removeAll { $0.event != .statusChanged && $0.rule == window }
      decision.waivedNotices += silent
      decision.expectNotice(at: waiver.endsAt)
    case .review(let review):
      if decision.countedReviews.contains(review) { decision.expectNotice(at: waiver.endsAt) }
    default: break
    }
  }

  private func waiver(of finding: Finding, in decision: borrowing Decision) -> Int {
    for index in decision.waivers where waives(waivers[index], finding) { return index }
    return -1
  }

  /// Whether the finding names the waiver's rule. O(1), but for a rule whose expression has no value.
  private func waives(_ waiver: Waiver, _ finding: Finding) -> Bool {
    switch finding.kind {
    case .missingField:
      // A field that every ticket must have is a requirement of its own, named after the field.
      waiver.subject == .requirement(finding.rule)
        || waiver.subject == .field(finding.field) && requirements[finding.rule].id == waiver.rule
    case .failedCheck, .failedGuard: waiver.subject == .check(finding.rule)
    case .badValue, .mismatch, .tooLarge: waiver.subject == .field(finding.rule)
    case .otherPriority, .conflictingRows, .overflow, .undecided: waiver.subject == .table(finding.rule)
    case .breached, .warned, .reversedWindow, .windowNeedsHistory, .windowWithoutTarget, .windowOutOfRange:
      waiver.subject == .window(finding.rule)
    case .forbiddenStep, .wrongInitialState, .missingInState: waiver.subject == .state(finding.rule)
    case .failedExpression: expressions[finding.rule].rule == waiver.rule
    case .badHistory: false
    }
  }
}
