extension Instruction {
  /// Nil where it overflows or divides by zero.
  func result(_ left: SlotValue, _ right: SlotValue) -> SlotValue? {
    switch operation {
    case .addInts: checked(left, left.bits.addingReportingOverflow(right.bits))
    case .subtractInts: checked(left, left.bits.subtractingReportingOverflow(right.bits))
    case .multiplyInts: checked(left, left.bits.multipliedReportingOverflow(by: right.bits))
    case .divideInts: checked(left, left.bits.dividedReportingOverflow(by: right.bits))
    case .remainderOfInts: checked(left, left.bits.remainderReportingOverflow(dividingBy: right.bits))
    case .negateInt: checked(left, (0 as Int64).subtractingReportingOverflow(left.bits))
    case .addDoubles: .double(left.double + right.double)
    case .subtractDoubles: .double(left.double - right.double)
    case .multiplyDoubles: .double(left.double * right.double)
    case .divideDoubles: .double(left.double / right.double)
    case .negateDouble: .double(-left.double)
    case .convertIntToDouble: .double(Double(left.bits))
    case .addToTimestamp: left.timestamp.adding(right.bits).map(SlotValue.timestamp)
    case .subtractFromTimestamp:
      right.bits == .min ? nil : left.timestamp.adding(-right.bits).map(SlotValue.timestamp)
    case .subtractTimestamps: left.timestamp.since(right.timestamp).map(SlotValue.duration(nanoseconds:))
    default: nil
    }
  }

  private func checked(_ left: SlotValue, _ result: (partialValue: Int64, overflow: Bool)) -> SlotValue? {
    result.overflow ? nil : SlotValue(kind: left.kind, bits: result.partialValue)
  }
}
