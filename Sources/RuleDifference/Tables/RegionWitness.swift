import RuleAnalysis
import RuleEvaluator
import TicketModel
import WorkingTime

/// Tickets that show a region: both rulebooks must read the region's values in them.
struct RegionWitness {
  private let sides: [(rulebook: Rulebook, builder: WitnessBuilder)]
  /// When tickets are evaluated: no table reads the clock but by an expression.
  private static let instant = Instant(milliseconds: 1_767_225_600_000)

  init(_ old: Rulebook, _ new: Rulebook) {
    sides = [new, old].map { ($0, WitnessBuilder($0)) }
  }

  /// A ticket made by either rulebook that both read as the region says.
  func ticket(_ inputs: [SharedInput], _ box: Box) -> Witness {
    var reason: Witness?
    for side in sides {
      let isNew = side.rulebook === sides[0].rulebook
      let answer = side.builder.ticket(demands(inputs, box, isNew: isNew))
      guard let json = answer.json else {
        reason = reason ?? answer
        continue
      }
      if isRead(json, inputs, box) { return answer }
    }
    return reason ?? .none("no ticket was found that both rulebooks read so")
  }

  /// For each input that matters, one of its values, rather one that is there; the first input with the first.
  private func demands(_ inputs: [SharedInput], _ box: Box, isNew: Bool) -> [Int: ValueSet] {
    var demands = [Int: ValueSet]()
    for (input, atoms) in zip(inputs, box.atoms) {
      guard let own = isNew ? input.new : input.old, let atoms else { continue }
      let atom = atoms.first { input.atoms[$0].label != .absent && !input.atoms[$0].isUnknown(isNew) }
      guard let atom = atom ?? atoms.first else { continue }
      demands[own.input.slot] = isNew ? input.atoms[atom].newSet : input.atoms[atom].oldSet
    }
    return demands
  }

  private func isRead(_ json: String, _ inputs: [SharedInput], _ box: Box) -> Bool {
    sides.allSatisfy { side in
      let isNew = side.rulebook === sides[0].rulebook
      guard let values = side.rulebook.values(of: json, at: Self.instant) else { return false }
      return zip(inputs, box.atoms).allSatisfy { input, atoms in
        guard let own = isNew ? input.new : input.old, let atoms else { return true }
        let value = values(own.input.slot)
        return atoms.contains { number in
          (isNew ? input.atoms[number].newSet : input.atoms[number].oldSet).contains(value)
        }
      }
    }
  }
}

extension Atom {
  fileprivate func isUnknown(_ isNew: Bool) -> Bool { (isNew ? new : old).kind == .invalid }
}

extension Rulebook {
  /// The values that tables read of a ticket, by slot; nil for what is no ticket.
  fileprivate func values(of json: String, at instant: Instant) -> ((Int) -> Slot)? {
    var ticket = Ticket()
    var decoder = TicketDecoder(layout: layout)
    guard (try? decoder.decode(Array(json.utf8).span.bytes, into: &ticket)) != nil else { return nil }
    var evaluator = Evaluator(self)
    var decision = Decision()
    evaluator.evaluate(ticket, at: instant, into: &decision)
    var values = [Int: Slot]()
    for slot in schema.fields.indices { values[slot] = ticket.slots[slot] }
    for (index, table) in tables.enumerated() {
      for (output, declaration) in table.outputs.enumerated() {
        guard let slot = declaration.slot else { continue }
        values[slot] = table.value(ofOutput: output, decision.outcomes[index])
      }
    }
    return { values[$0] ?? .absent }
  }
}

extension DecisionTable {
  fileprivate func value(ofOutput output: Int, _ outcome: TableOutcome) -> Slot {
    switch outcome {
    case .row(let row): rows[row].outputs[output].slot
    case .otherwise: otherwise?.outputs[output].slot ?? .absent
    case .aggregate(let value): value
    case .rows: .absent
    case .conflict, .overflow, .undecided: Slot(kind: .invalid)
    }
  }
}
