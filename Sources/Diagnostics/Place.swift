/// A position in a text file, as people count: the first line is 1, the first column is 1.
///
/// Columns count Unicode code points, as libyaml and most editors do.
public struct Position: Hashable, Comparable, Sendable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (left: Position, right: Position) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A half-open stretch of a file: where a message points, and what the caret underlines.
public struct Place: Hashable, Comparable, Sendable {
  /// The path as the user gave it, or relative to the rulebook's folder.
  public var file: String
  public var start: Position
  public var end: Position

  public init(file: String, start: Position, end: Position) {
    self.file = file
    self.start = start
    self.end = max(start, end)
  }

  /// A place that is one column wide.
  public init(file: String, line: Int, column: Int = 1) {
    let start = Position(line: line, column: column)
    self.init(file: file, start: start, end: Position(line: line, column: column + 1))
  }

  public static func < (left: Place, right: Place) -> Bool {
    (left.file, left.start, left.end) < (right.file, right.start, right.end)
  }

  /// `file:line`, the form in which results refer to rules.
  public var lineReference: String { "\(file):\(start.line)" }
}

/// A value that remembers where it was written.
public struct Located<Value> {
  public var value: Value
  public var place: Place

  public init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }

  public func map<Other>(_ transform: (Value) -> Other) -> Located<Other> {
    Located<Other>(transform(value), at: place)
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
