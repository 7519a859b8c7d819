import Diagnostics
import RuleEvaluator
import TicketModel

/// The JSON of findings as far as it depends on the rules alone, rendered once.
struct FindingFragments: Sendable {
  /// What stands before and after the message.
  struct Frame: Sendable {
    var head: [UInt8]
    var tail: [UInt8]
  }

  /// The whole finding, by requirement and position of the missing field; nil where the message holds values.
  private let missing: [[[UInt8]?]]
  /// The whole finding, by check; nil where the message holds values.
  private let failed: [[UInt8]?]
  private let missingFrames: [[Frame]]
  private let failedFrames: [Frame]
  private let breached: [Frame]
  private let warned: [Frame]

  init(_ rulebook: Rulebook, _ text: FindingText) {
    func frame(_ finding: Finding) -> Frame { Frame(rulebook.reference(of: finding, []), place: nil) }
    func whole(_ finding: Finding) -> [UInt8]? {
      guard let message = text.constantMessage(of: finding) else { return nil }
      let frame = frame(finding)
      var bytes = frame.head
      message.withUnsafeBytes { bytes.append(jsonString: $0) }
      return bytes + frame.tail
    }
    missing = rulebook.requirements.enumerated().map { index, requirement in
      requirement.slots.map { whole(Finding(.missingField, rule: index, field: $0)) }
    }
    missingFrames = rulebook.requirements.enumerated().map { index, requirement in
      requirement.slots.map { frame(Finding(.missingField, rule: index, field: $0)) }
    }
    failedFrames = rulebook.checks.indices.map { frame(Finding(.failedCheck, rule: $0)) }
    failed = rulebook.checks.indices.map { whole(Finding(.failedCheck, rule: $0)) }
    breached = rulebook.windows.indices.map { frame(Finding(.breached, rule: $0)) }
    warned = rulebook.windows.indices.map { frame(Finding(.warned, rule: $0)) }
  }

  /// The whole of `finding`; nil where it must be put together.
  @inline(__always)
  func whole(_ finding: Finding, in rulebook: Rulebook) -> [UInt8]? {
    switch finding.kind {
    case .missingField:
      guard let position = rulebook.requirements[finding.rule].slots.firstIndex(of: finding.field) else {
        return nil
      }
      return missing[finding.rule][position]
    case .failedCheck: return failed[finding.rule]
    default: return nil
    }
  }

  /// What surrounds the message of `finding`; nil where that depends on the ticket.
  @inline(__always)
  func frame(_ finding: Finding, in rulebook: Rulebook) -> Frame? {
    switch finding.kind {
    case .missingField:
      rulebook.requirements[finding.rule].slots.firstIndex(of: finding.field).map {
        missingFrames[finding.rule][$0]
      }
    case .failedCheck: failedFrames[finding.rule]
    case .breached: breached[finding.rule]
    case .warned: warned[finding.rule]
    default: nil
    }
  }
}

extension FindingFragments.Frame {
  /// - Parameters:
  ///   - reference: the rule that the finding speaks of.
  ///   - place: where to look, if not at the rule: the record, for findings about the record itself.
  init(_ reference: FindingReference, place: String?) {
    head = []
    head.append(literal: #"{"rule":"#)
    head.append(jsonString: reference.rule)
    head.append(literal: #","severity":"#)
    head.append(jsonString: reference.severity.rawValue)
    head.append(literal: #","field":"#)
    head.append(optionalString: reference.field)
    head.append(literal: #","message":"#)
    tail = []
    tail.append(literal: #","at":"#)
    tail.append(optionalString: place ?? reference.place?.lineReference)
    tail.append(0x7D)
  }
}
