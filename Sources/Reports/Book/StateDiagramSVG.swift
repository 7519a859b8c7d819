import Diagnostics

/// Draws the states of a workflow as SVG 1.1: one below the other, steps down on the right, steps back on the left.
///
/// All steps to one state share a line, so that a state that many lead to (withdrawn, say) has one arrow and not ten.
struct StateDiagramSVG {
  private let diagram: StateDiagram

  /// The id of the picture's arrow head.
  static let arrow = "state-arrow"

  private static let boxHeight = 30
  private static let rowHeight = 54
  private static let laneWidth = 16
  private static let margin = 12

  init(_ diagram: StateDiagram) { self.diagram = diagram }

  /// The steps to one state that pass other states by.
  private struct Lane {
    var target: Int
    var sources: [Int]
    /// The column, from the boxes outwards.
    var position = 0

    var rows: ClosedRange<Int> { min(target, sources.min() ?? target)...max(target, sources.max() ?? target) }
  }

  var text: String {
    let down = lanes { source, target in target > source + 1 }
    let back = lanes { source, target in target < source }
    let left = Self.margin + width(of: back)
    let boxWidth = (diagram.states.map { columnWidth(of: $0.label) }.max() ?? 0) * 8 + 28
    let width = left + boxWidth + self.width(of: down) + Self.margin
    let height = diagram.states.count * Self.rowHeight + Self.margin
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"\(width)\" height=\"\(height)\""
        + " viewBox=\"0 0 \(width) \(height)\" font-size=\"13\">",
      "<title>\(diagram.title.escapedForHTML)</title>",
      "<defs><marker id=\"\(Self.arrow)\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\""
        + " orient=\"auto\"><path d=\"M0 0 L10 5 L0 10 z\" fill=\"#333\"/></marker></defs>",
    ]
    for state in diagram.states.indices where diagram.states[state].next.contains(state + 1) {
      lines.append(straight(from: state, at: left + boxWidth / 2))
    }
    for lane in down { lines += paths(lane, edge: left + boxWidth, direction: 1) }
    for lane in back { lines += paths(lane, edge: left, direction: -1) }
    for state in diagram.states.indices { lines += box(state, left: left, width: boxWidth) }
    return (lines + ["</svg>"]).joined(separator: "\n")
  }

  // MARK: Lanes

  /// A lane for each state that a step of that kind leads to, short ones nearest to the boxes.
  private func lanes(_ isMeant: (Int, Int) -> Bool) -> [Lane] {
    var lanes = diagram.states.indices.compactMap { target -> Lane? in
      let sources = diagram.states.indices.filter { source in
        isMeant(source, target) && diagram.states[source].next.contains(target)
      }
      return sources.isEmpty ? nil : Lane(target: target, sources: sources)
    }
    lanes.sort { ($0.rows.count, $0.target) < ($1.rows.count, $1.target) }
    for index in lanes.indices {
      let taken = lanes[..<index].filter { $0.rows.overlaps(lanes[index].rows) }.map(\.position)
      lanes[index].position = (0...index).first { !taken.contains($0) } ?? index
    }
    return lanes
  }

  private func width(of lanes: [Lane]) -> Int {
    ((lanes.map(\.position).max() ?? -1) + 2) * Self.laneWidth
  }

  // MARK: Shapes

  private func top(of state: Int) -> Int { Self.margin + state * Self.rowHeight }

  private func straight(from state: Int, at x: Int) -> String {
    let start = top(of: state) + Self.boxHeight
    return line("M\(x) \(start) V\(top(of: state + 1))", hasArrow: true)
  }

  /// - Parameter direction: 1 where the lane lies right of the boxes, -1 where it lies left.
  private func paths(_ lane: Lane, edge: Int, direction: Int) -> [String] {
    let x = edge + direction * (lane.position + 1) * Self.laneWidth
    // What leaves a box leaves it below what arrives.
    let end = top(of: lane.target) + 9
    let starts = lane.sources.map { top(of: $0) + Self.boxHeight - 8 }
    let far = starts.max { abs($0 - end) < abs($1 - end) } ?? end
    let others = starts.filter { $0 != far }.map { line("M\(edge) \($0) H\(x)", hasArrow: false) }
    return others + [line("M\(edge) \(far) H\(x) V\(end) H\(edge)", hasArrow: true)]
  }

  private func line(_ path: String, hasArrow: Bool) -> String {
    "<path d=\"\(path)\" fill=\"none\" stroke=\"#333\"\(hasArrow ? " marker-end=\"url(#\(Self.arrow))\"" : "")/>"
  }

  private func box(_ index: Int, left: Int, width: Int) -> [String] {
    let state = diagram.states[index]
    let top = top(of: index)
    let stroke = index == diagram.initial ? 3 : 1
    let dashes = state.category == "paused" ? " stroke-dasharray=\"5 3\"" : ""
    return [
      "<rect x=\"\(left)\" y=\"\(top)\" width=\"\(width)\" height=\"\(Self.boxHeight)\" rx=\"6\" fill=\"\(fill(state))\""
        + " stroke=\"#333\" stroke-width=\"\(stroke)\"\(dashes)/>",
      "<text x=\"\(left + width / 2)\" y=\"\(top + 20)\" text-anchor=\"middle\">\(state.label.escapedForHTML)</text>",
    ]
  }

  private func fill(_ state: StateDiagram.State) -> String {
    switch state.category {
    case "open": "#e7f0ff"
    case "paused": "#fff6dd"
    case "resolved": "#e3f5e6"
    default: "#ececec"
    }
  }
}
