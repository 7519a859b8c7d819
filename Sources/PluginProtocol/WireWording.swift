/// Every sentence that the protocol's readers and writers say.
public enum WireWording {
  static let wrongSizes =
    "'sizes' must hold the size of each ticket in bytes, and nothing stand between tickets but a comma"
  static let notJSON = "the record is not one JSON value"

  static func recordTooLong(_ size: Int, limit: Int) -> String {
    "the record has \(size) bytes, and a line of the protocol may have \(limit)"
  }

  /// For both sides: a line that is longer than agreed.
  public static func lineTooLong(_ size: Int, limit: Int) -> String {
    "a line of \(size) bytes exceeds the limit of \(limit) bytes"
  }
}
