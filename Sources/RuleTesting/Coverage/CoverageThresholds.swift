/// How much of the rules tests must have seen, in percent; nil for no matter how much.
public struct CoverageThresholds: Sendable {
  public var rows: Int?
  public var cells: Int?
  public var conditions: Int?

  public init(rows: Int? = nil, cells: Int? = nil, conditions: Int? = nil) {
    self.rows = rows
    self.cells = cells
    self.conditions = conditions
  }

  public var isEmpty: Bool { rows == nil && cells == nil && conditions == nil }

  /// What falls short, a sentence each.
  public func shortfalls(of coverage: Coverage) -> [String] {
    let parts = [
      ("rows", coverage.rows, rows), ("cells", coverage.cells, cells),
      ("conditions", coverage.conditions, conditions),
    ]
    return parts.compactMap { name, count, least in
      guard let least, count.percent < least else { return nil }
      return "coverage of \(name) is \(count.percent) %, at least \(least) % was asked for"
    }
  }
}
