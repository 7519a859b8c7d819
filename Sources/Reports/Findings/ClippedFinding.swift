extension ReportedFinding {
  /// With texts of at most so many characters: those of tickets are as long as whoever wrote them wished.
  func clipped(to limit: Int) -> ReportedFinding {
    var finding = self
    finding.message = message.clipped(to: limit)
    finding.ticket = ticket?.clipped(to: limit)
    finding.hint = hint?.clipped(to: limit)
    return finding
  }
}
