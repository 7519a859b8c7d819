/// Why a record is not a ticket at all: it is not one JSON object (RFC 8259) in UTF-8.
///
/// The wording never quotes the record, since records hold personal data.
public struct MalformedRecord: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable, CaseIterable {
    case empty
    case tooLong
    case notUTF8
    case endsEarly
    case notAnObject
    case trailingContent
    case expectedKey
    case expectedColon
    case expectedValue
    case expectedCommaOrBrace
    case expectedCommaOrBracket
    case malformedNumber
    case controlCharacter
    case unknownEscape
    case loneSurrogate
    case tooDeep
  }

  public var reason: Reason
  /// The byte of the record, from 0; the record's length where it ends early.
  public var offset: Int
  /// Line and column within the record, from 1; columns count code points.
  public var line: Int
  public var column: Int

  public init(reason: Reason, offset: Int, line: Int, column: Int) {
    self.reason = reason
    self.offset = offset
    self.line = line
    self.column = column
  }

  /// One sentence without a full stop, fixed for each reason.
  public var message: String { reason.message }
}

extension MalformedRecord {
  /// Finds line and column of a failure; O(offset).
  init(_ failure: JSONFailure, in record: RawSpan) {
    let offset = min(failure.offset, record.byteCount)
    // Behind the record there are zeros only: whatever was expected there, the record is too short.
    let endsEarly = offset == record.byteCount && failure.reason != .empty
    var (line, column) = (1, 1)
    for index in record.afterByteOrderMark..<max(offset, record.afterByteOrderMark) {
      switch record.byte(index) {
      case 0x0A: (line, column) = (line + 1, 1)
      case 0x80..<0xC0: break
      default: column += 1
      }
    }
    self.init(reason: endsEarly ? .endsEarly : failure.reason, offset: offset, line: line, column: column)
  }
}

extension MalformedRecord.Reason {
  var message: String {
    switch self {
    case .empty: "the record is empty; a ticket is one JSON object"
    case .tooLong: "the record is longer than 512 MiB"
    case .notUTF8: "these bytes are not UTF-8; save the tickets as UTF-8"
    case .endsEarly: "the record ends before its JSON does; it may have been cut off"
    case .notAnObject: "a ticket is one JSON object; expected {"
    case .trailingContent: "something follows the object; write one object a record"
    case .expectedKey: "expected a field name in double quotes"
    case .expectedColon: "expected a colon after the field name"
    case .expectedValue:
      "expected a value: a text in double quotes, a number, true, false, null, a list or an object"
    case .expectedCommaOrBrace: "expected a comma or the object's closing brace"
    case .expectedCommaOrBracket: "expected a comma or the list's closing bracket"
    case .malformedNumber:
      "not a JSON number: no leading zero or plus sign, and digits on both sides of the point"
    case .controlCharacter:
      "a control character inside a text; write it as an escape, such as \\n or \\u0000"
    case .unknownEscape:
      "unknown escape; JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits"
    case .loneSurrogate: "half of a surrogate pair; write \\uD800 to \\uDBFF only before \\uDC00 to \\uDFFF"
    case .tooDeep: "lists and objects are nested deeper than 128 levels"
    }
  }
}
