import Expressions
import TicketModel

extension Rulebook {
  /// The slots of fields whose values rules look at: inputs of tables, conditions, expressions.
  public var slotsOfConditions: [Int] {
    let tables = tables + windows.compactMap(\.target.table)
    let inputs = tables.flatMap(\.inputs).filter { $0.expression == nil }.map(\.slot)
    let conditions =
      windows.map(\.condition) + requirements.map(\.condition) + checks.map(\.condition)
      + notifications.map(\.condition) + reviews.map(\.condition)
    let read = inputs + conditions.flatMap(\.terms).map(\.slot) + expressionsAlone.flatMap(\.program.slots)
    return Set(read).filter { schema.fields.indices.contains($0) }.sorted()
  }
}
