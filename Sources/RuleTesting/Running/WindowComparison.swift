import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

/// Response windows.
extension CaseRunner {
  func compare(_ expected: ExpectedWindow, _ testCase: TestCase, into mismatches: inout [Mismatch]) {
    let window = rulebook.windows[expected.window]
    guard let reading = decision.reading(ofWindow: expected.window) else {
      if !expected.applies { return }
      var mismatch = Mismatch(
        ResultWording.differs("window \(window.id)", "one that applies", "none"), at: expected.place)
      mismatch.related.append(Diagnostic.Related("window \(window.id)", at: window.place))
      return mismatches.append(mismatch)
    }
    if !expected.applies {
      append(
        "window \(window.id)", "none", reading.state.rawValue, at: expected.place, reading, to: &mismatches)
      return
    }
    compareParts(expected, reading, window, into: &mismatches)
  }

  private func compareParts(
    _ expected: ExpectedWindow, _ reading: WindowReading, _ window: ResponseWindow,
    into mismatches: inout [Mismatch]
  ) {
    if let state = expected.state, state.value != reading.state {
      append(
        "window \(window.id)", state.value.rawValue, reading.state.rawValue, at: state.place, reading,
        to: &mismatches)
    }
    for (key, value) in expected.instants where value.value != reading.instant(key) {
      append(
        "\(key.rawValue) of \(window.id)", words(value.value), words(reading.instant(key)), at: value.place,
        reading,
        to: &mismatches)
    }
    for (key, value) in expected.lengths where value.value != reading.length(key) {
      append(
        "\(key.rawValue) of \(window.id)", ResultWording.length(value.value),
        ResultWording.length(reading.length(key)), at: value.place, reading, to: &mismatches)
    }
    if let cycle = expected.cycle, cycle.value != reading.cycle {
      append(
        "cycle of \(window.id)", String(cycle.value), String(reading.cycle), at: cycle.place, reading,
        to: &mismatches)
    }
  }

  private func append(
    _ subject: String, _ expected: String, _ actual: String, at place: Place, _ reading: WindowReading,
    to mismatches: inout [Mismatch]
  ) {
    var mismatch = Mismatch(ResultWording.differs(subject, expected, actual), at: place)
    if explains {
      let window = rulebook.windows[reading.window]
      mismatch.related.append(Diagnostic.Related(summary(of: reading), at: window.place))
      if case .decided(let table) = window.target, let row = reading.targetRow {
        mismatch.related.append(
          Diagnostic.Related(
            ResultWording.hit("\(table.rows[row].id) of \(table.name)"), at: table.rows[row].place))
      }
    }
    mismatches.append(mismatch)
  }

  private func summary(of reading: WindowReading) -> String {
    let unit = reading.countsWorkingTime ? " of working time" : ""
    return "window \(rulebook.windows[reading.window].id): \(reading.state.rawValue), "
      + "started \(words(reading.startedAt)), due \(words(reading.dueAt)), stopped \(words(reading.stoppedAt)), "
      + "\(ResultWording.length(reading.elapsed))\(unit) gone"
  }

  func words(_ instant: Instant?) -> String { instant.map { $0.text(in: rulebook.timeZone) } ?? "none" }
}

extension WindowReading {
  fileprivate func instant(_ key: ExpectedWindow.Instants) -> Instant? {
    switch key {
    case .startedAt: startedAt
    case .dueAt: dueAt
    case .stoppedAt: stoppedAt
    }
  }

  fileprivate func length(_ key: ExpectedWindow.Lengths) -> Int64? {
    switch key {
    case .elapsed: elapsed
    case .remaining: remaining
    }
  }
}
