extension Scalar {
  /// What a setting is taken for, where no schema says what is expected.
  public enum PlainValue: Hashable, Sendable {
    case text(String)
    case number(Double)
    case boolean(Bool)
  }

  /// A quoted scalar is a text; a plain one that looks like it is a truth value or a decimal number. `inf`, `nan`, `0x10`,
  /// `yes` and dates are texts.
  public var plainValue: PlainValue {
    guard style == .plain else { return .text(text) }
    if text == "true" || text == "false" { return .boolean(text == "true") }
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
      let number = Double(text), number.isFinite
    else { return .text(text) }
    return .number(number)
  }
}
