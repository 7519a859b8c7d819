import Diagnostics
import LocatedYAML
import RuleEvaluator
import WorkingTime

/// `expect: {windows: …}`.
extension ExpectationReading {
  func windows(_ node: Node) -> [ExpectedWindow] {
    (reader.entries(node, "'windows'") ?? []).compactMap { window($0) }
  }

  /// `acknowledge: met`, `acknowledge: none`, or a mapping of what is expected of it.
  private func window(_ entry: Node.Entry) -> ExpectedWindow? {
    guard let index = window(entry.key)?.value else { return nil }
    var expected = ExpectedWindow(window: index, place: entry.value.place)
    if case .scalar = entry.value.content {
      guard let text = reader.text(entry.value, "a window") else { return nil }
      if text.value == "none" { expected.applies = false } else { expected.state = state(text) }
      return expected
    }
    let keys =
      ["state"] + ExpectedWindow.Instants.allCases.map(\.rawValue)
      + ExpectedWindow.Lengths.allCases.map(\.rawValue) + ["cycle"]
    guard let section = reader.section(entry.value, "a window", keys: keys) else { return nil }
    for part in section.entries {
      if let text = reader.text(part.value, "'\(part.key.value)'") {
        add(part.key.value, text, to: &expected)
      }
    }
    return expected
  }

  func window(_ name: Located<String>) -> Located<Int>? {
    if let index = names.windows.firstIndex(of: name.value) { return Located(index, at: name.place) }
    reader.report(.unknown("a window", name, names.windows))
    return nil
  }

  private func add(_ key: String, _ text: Located<String>, to expected: inout ExpectedWindow) {
    let isNone = text.value == "none"
    if key == "state" {
      expected.state = state(text)
    } else if let instants = ExpectedWindow.Instants(rawValue: key) {
      let value = isNone ? nil : instant(text)?.value
      expected.instants.append((instants, Located(value, at: text.place)))
    } else if let lengths = ExpectedWindow.Lengths(rawValue: key) {
      expected.lengths.append((lengths, Located(isNone ? nil : length(text), at: text.place)))
    } else if key == "cycle" {
      if let cycle = Int(text.value) {
        expected.cycle = Located(cycle, at: text.place)
      } else {
        reader.report(.notANumber(text))
      }
    }
  }

  private func state(_ text: Located<String>) -> Located<WindowReading.State>? {
    if let state = WindowReading.State(rawValue: text.value) { return Located(state, at: text.place) }
    reader.report(.unknown("a window's state", text, WindowReading.State.allCases.map(\.rawValue) + ["none"]))
    return nil
  }

  /// Milliseconds, negative after `-`. Working time and elapsed time are written alike: the window's target says which it is.
  private func length(_ text: Located<String>) -> Int64? {
    let isNegative = text.value.hasPrefix("-")
    let magnitude = isNegative ? text.map { String($0.dropFirst()) } : text
    switch duration(magnitude) {
    case .elapsed(let count)?, .working(let count)?: return isNegative ? -count : count
    case .workingDays?, .endOfNextWorkingDay?: reader.report(.lengthInDays(text))
    case nil: break
    }
    return nil
  }
}
