import Diagnostics
import PluginAPI
import Reports

extension [Delivery] {
  /// A delivery a finding. One rule that finds two things about one field of a ticket has two keys.
  init(_ findings: [ReportedFinding]) {
    self = []
    var record: ReportedFinding.Record?
    var ticket: String?
    var keys: [String: Int] = [:]
    for finding in findings {
      if finding.record != record || finding.ticket != ticket { keys.removeAll(keepingCapacity: true) }
      (record, ticket) = (finding.record, finding.ticket)
      var delivery = Delivery(finding)
      let repeats = keys[delivery.key, default: 0] + 1
      keys[delivery.key] = repeats
      if repeats > 1 { delivery.key += "/\(repeats)" }
      append(delivery)
    }
  }
}

extension Delivery {
  fileprivate init(_ finding: ReportedFinding) {
    let place = finding.record?.text ?? finding.rulePlace?.lineReference ?? ""
    let ticket = finding.ticket ?? place
    // A check runs once, so the place may tell tickets apart that carry the same id.
    self.init(
      key: [ticket, finding.rule, finding.field ?? "", finding.event.rawValue, place].joined(separator: "/"),
      notice: finding.event.rawValue, ticket: ticket, rule: finding.rule,
      place: finding.rulePlace?.lineReference ?? place, title: finding.message, body: "",
      severity: finding.severity.ofDelivery)
  }
}
