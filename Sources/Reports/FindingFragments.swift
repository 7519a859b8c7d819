import ByteOutput
import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

/// The JSON of findings as far as it depends on the rules alone, rendered once.
struct FindingFragments: Sendable {
  /// What stands before and after the message, or all of the finding where its message holds no values.
  struct Frame: BitwiseCopyable {
    var head: Fragment
    var tail: Fragment
    /// Of no length where the message holds values.
    var whole: Fragment
  }

  /// By requirement, then by the position of the missing field.
  private let missing: [[Frame]]
  private let failed: [Frame]
  private let breached: [Frame]
  private let warned: [Frame]

  init(_ rulebook: Rulebook, _ text: FindingText, into store: inout FragmentStore.Builder) {
    func frame(_ finding: Finding) -> Frame {
      let reference = rulebook.reference(of: finding, [])
      let head = store.add { $0.appendHead(of: reference) }
      let tail = store.add { $0.appendTail(place: reference.place?.lineReference) }
      let whole = store.add { bytes in
        guard let message = text.constantMessage(of: finding) else { return }
        bytes.append(reference, message: message, place: reference.place?.lineReference)
      }
      return Frame(head: head, tail: tail, whole: whole)
    }
    missing = rulebook.requirements.enumerated().map { index, requirement in
      requirement.slots.map { frame(Finding(.missingField, rule: index, field: $0)) }
    }
    failed = rulebook.checks.indices.map { frame(Finding(.failedCheck, rule: $0)) }
    breached = rulebook.windows.indices.map { frame(Finding(.breached, rule: $0)) }
    warned = rulebook.windows.indices.map { frame(Finding(.warned, rule: $0)) }
  }

  /// What is rendered of `finding`; nil where it depends on the ticket what surrounds the message.
  @inline(__always)
  func frame(_ finding: Finding, in rulebook: Rulebook) -> Frame? {
    switch finding.kind {
    case .missingField:
      rulebook.requirements[finding.rule].slots.firstIndex(of: finding.field).map {
        missing[finding.rule][$0]
      }
    case .failedCheck: failed[finding.rule]
    case .breached: breached[finding.rule]
    case .warned: warned[finding.rule]
    default: nil
    }
  }
}

extension ByteWriter {
  /// A finding whose message is at hand.
  ///
  /// - Parameters:
  ///   - place: where to look: at the rule, or at the record, for findings about the record itself.
  ///   - waiver: the id of the waiver that takes it back.
  mutating func append(
    _ reference: FindingReference, message: String, place: String?, waiver: String? = nil
  ) {
    appendHead(of: reference)
    append(jsonString: message)
    appendTail(place: place, waiver: waiver)
  }

  /// What stands before the message and its quotes.
  mutating func appendHead(of reference: FindingReference) {
    append(literal: #"{"rule":"#)
    append(jsonString: reference.rule)
    append(literal: #","severity":"#)
    append(jsonString: reference.severity.rawValue)
    append(literal: #","field":"#)
    append(optionalJSONString: reference.field)
    append(literal: #","message":"#)
  }

  /// What stands after the message and its quotes.
  mutating func appendTail(place: String?, waiver: String? = nil) {
    append(literal: #","at":"#)
    append(optionalJSONString: place)
    appendEnd(waiver: waiver)
  }

  /// The same, with the instant of the event in the ticket's history that the finding is about.
  mutating func appendTail(place: String?, event: Instant?, in zone: TimeZoneRules, waiver: String?) {
    guard let event else { return appendTail(place: place, waiver: waiver) }
    append(literal: #","at":"#)
    append(optionalJSONString: place)
    append(literal: #","event":""#)
    append(event, in: zone)
    append(literal: #"""#)
    appendEnd(waiver: waiver)
  }

  private mutating func appendEnd(waiver: String?) {
    if let waiver {
      append(literal: #","waiver":"#)
      append(jsonString: waiver)
    }
    append(literal: "}")
  }
}
