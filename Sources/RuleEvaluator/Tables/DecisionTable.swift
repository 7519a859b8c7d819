public import Diagnostics
public import TicketModel
import WorkingTime

/// A compiled decision table: priorities, routing, a named table or the targets of a window.
///
/// A class, like all rules that are looked at for every ticket: one reference is cheaper to pass on than ten arrays.
public final class DecisionTable: Sendable {
  /// A column of conditions.
  public struct Input: Sendable {
    public var name: String
    /// Where the evaluator finds the value: a field of the ticket, or the output of an earlier table.
    public var slot: Int
    public var type: FieldType
    public var domain: Partition.Domain
    /// Where the table names it.
    public var place: Place
    /// The index of the expression that computes the value, where it is computed.
    public var expression: Int?
    /// For computed texts: the numbers of those that cells mention.
    public var symbols: SymbolTable?

    public init(
      name: String, slot: Int, type: FieldType, domain: Partition.Domain, at place: Place,
      expression: Int? = nil, symbols: SymbolTable? = nil
    ) {
      self.name = name
      self.slot = slot
      self.type = type
      self.domain = domain
      self.place = place
      self.expression = expression
      self.symbols = symbols
    }
  }

  /// A column of results.
  public struct Output: Sendable {
    public var name: String
    public var type: FieldType
    /// Where later tables find the result; nil where the result is a list, or nobody reads it.
    public var slot: Int?

    public init(name: String, type: FieldType, slot: Int?) {
      self.name = name
      self.type = type
      self.slot = slot
    }
  }

  /// A cell that is not `any`, as it was written.
  public struct Cell: Sendable {
    public var input: Int
    public var set: ValueSet
    public var text: String
    public var place: Place

    public init(input: Int, set: ValueSet, text: String, place: Place) {
      self.input = input
      self.set = set
      self.text = text
      self.place = place
    }
  }

  /// One rule: the outputs that hold where all of its cells do.
  public struct Row: Sendable {
    public var id: String
    public var place: Place
    public var cells: [Cell]
    public var outputs: [OutputValue]
    /// What must hold beside the cells: the index of an expression.
    public var expression: Int?

    public init(
      id: String, place: Place, cells: [Cell], outputs: [OutputValue], expression: Int? = nil
    ) {
      self.id = id
      self.place = place
      self.cells = cells
      self.outputs = outputs
      self.expression = expression
    }
  }

  /// The section's name in messages: `priorities`, `routing`, `tables.exposure`, `windows.first-response.target`.
  public let name: String
  public let place: Place
  public let hit: HitPolicy
  public let inputs: [Input]
  public let outputs: [Output]
  public let rows: [Row]
  /// What holds where no row matches; nil only where one always does.
  public let otherwise: Row?
  let index: RowIndex
  /// Where later tables find each output; -1 for nowhere.
  let slotsOfOutputs: [Int]
  /// The values of all rows' outputs as later tables read them, row after row.
  let outputSlots: [Slot]
  /// By row: the first output, where it is a duration.
  let durations: [TargetDuration?]
  /// Whether rows have expressions, or inputs are computed.
  let readsExpressions: Bool
  /// The rank of each row's outputs among those of all rows: equal outputs have equal ranks, and the smallest comes
  /// first in the order of the output values.
  public let ranks: [Int]

  /// - Precondition: the compiler has checked that outputs fit their types and that rows name inputs once.
  public init(
    name: String, place: Place, hit: HitPolicy, inputs: [Input], outputs: [Output], rows: [Row],
    otherwise: Row?
  ) {
    self.name = name
    self.place = place
    self.hit = hit
    self.inputs = inputs
    self.outputs = outputs
    self.rows = rows
    self.otherwise = otherwise
    slotsOfOutputs = outputs.map { $0.slot ?? -1 }
    outputSlots = rows.flatMap { $0.outputs.map(\.slot) }
    durations = rows.map { $0.outputs.first?.duration }
    readsExpressions =
      rows.contains { $0.expression != nil } || inputs.contains { $0.expression != nil }
    index = RowIndex(
      rowCount: rows.count, inputs: inputs.map { ($0.slot, $0.domain) },
      restrictions: rows.enumerated().flatMap { row, declaration in
        declaration.cells.map { RowIndex.Restriction(row: row, column: $0.input, set: $0.set) }
      })
    ranks = Self.ranks(of: rows.map { hit.compared($0.outputs) })
  }

  private static func ranks(of outputs: [[OutputValue]]) -> [Int] {
    let order = Set(outputs).sorted { left, right in left.lexicographicallyPrecedes(right) }
    let rank = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    return outputs.map { rank[$0] ?? 0 }
  }
}

extension HitPolicy {
  /// The outputs that tell rows apart: all for `any`; those whose values have an order for the policies that sort.
  fileprivate func compared(_ outputs: [OutputValue]) -> [OutputValue] {
    guard self == .priority || self == .outputOrder else { return outputs }
    return outputs.map { if case .choice = $0 { $0 } else { .absent } }
  }
}

extension DecisionTable {
  /// The id under which results speak of the row that gave them; `otherwise` has one, too.
  public func rowName(of outcome: TableOutcome) -> String {
    switch outcome {
    case .row(let row): rows[row].id
    case .otherwise: otherwise?.id ?? ""
    default: ""
    }
  }

  /// The name without its section.
  public var shortName: String { name.split(separator: ".").last.map(String.init) ?? name }
}
