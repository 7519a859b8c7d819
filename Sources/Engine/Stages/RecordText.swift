import RuleEvaluator
import TicketModel

/// Words for records that are no tickets.
enum RecordText {
  /// What is wrong, and in which column of its line.
  static func message(of error: MalformedRecord, _ language: Language) -> String {
    switch language {
    case .english: "\(error.message) (column \(error.column))"
    case .chinese: "该记录不是有效的 JSON 工单（第 \(error.column) 列）：\(error.message)"
    }
  }
}
