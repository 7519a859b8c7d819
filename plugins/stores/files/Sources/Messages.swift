/// Every sentence that this plugin says.
enum Messages {
  // Settings and paths.
  static let noPath = "is missing: it says where the tickets are"
  static let noPathHint =
    "write a file, a folder, a pattern such as tickets/*.json, or '-' for standard input"
  static let emptyPath = "the path is empty"
  static func noFile(_ path: String) -> String { "no file or folder '\(path)' exists" }
  static func emptyFolder(_ path: String) -> String { "the folder '\(path)' has no ticket files" }
  static let emptyFolderHint =
    "ticket files end in \(FileFormat.extensions.map(\.suffix).joined(separator: ", ")), with or without .gz"
  static func noMatch(_ pattern: String) -> String { "the pattern '\(pattern)' matches no file" }
  static let noMatchHint = "quote the pattern in a shell, or set allow_empty where no file is as good as some"
  static func unknownFormat(_ name: String) -> String { "the format of '\(name)' cannot be told" }
  static let unknownFormatHint =
    "set format to one of \(FileFormat.allCases.map(\.rawValue).joined(separator: ", "))"
  static let standardInputTwice = "standard input was read already, and it can be read once"
  static let notOpen = "the store was used before it was opened"

  // Whole files.
  static let utf16 = "the file is UTF-16: save it as UTF-8"
  static let notGzip = "the file is not gzip data, although its name ends in .gz"
  static let truncatedGzip = "the gzip data ends too early: what follows is missing"
  static func corruptGzip(_ reason: String) -> String {
    "the gzip data is corrupt (\(reason)): what follows was not read"
  }

  // Records.
  static func tooLong(_ what: String, _ size: Int) -> String {
    "the \(what) is \(size) bytes long, more than the limit of \(recordLimit)"
  }
  static let missingComma = "a comma is missing before this element"
  static func missingElement(_ next: UInt8) -> String {
    "an element is missing before this '\(Character(Unicode.Scalar(next)))'"
  }
  static func unexpected(_ byte: UInt8) -> String {
    "'\(Character(Unicode.Scalar(byte)))' stands where an element should: the rest of the file was not read"
  }
  static let afterArray = "text follows the end of the array: it was not read"
  static let unfinishedElement = "the file ends within this element"
  static func unclosedArray(from line: Int) -> String {
    "the file ends within the array that begins on line \(line)"
  }

  // CSV.
  static func csv(_ problem: CSVRow.Problem) -> String {
    switch problem {
    case .quoteInPlainCell:
      "a quote stands within a cell that does not begin with one: quote the cell and double the quote"
    case .textAfterQuote: "text stands between a closing quote and the next comma"
    case .unclosedQuote: "a quoted cell of this row is not closed"
    }
  }
  static let longRow =
    "the row is longer than the limit of \(recordLimit) bytes: perhaps a quote is not closed"
  static func cellCount(_ cells: Int, _ columns: Int) -> String {
    "the row has \(cells) \(cells == 1 ? "cell" : "cells"), the header \(columns)"
  }
  static func withoutHeader(_ message: String) -> String {
    "\(message); without its header the file was not read"
  }
  static func tooManyColumns(_ count: Int, _ limit: Int) -> String {
    "the header has \(count) columns, more than the limit of \(limit)"
  }
  static func columnWithoutName(_ number: Int) -> String { "column \(number) has no name" }
  static func columnWithEmptyPart(_ name: String) -> String {
    "the column '\(name)' has an empty part between its dots"
  }
  static func columnTooDeep(_ number: Int, _ limit: Int) -> String {
    "the name of column \(number) has more than \(limit) parts"
  }
  static func columnWithSpace(_ name: String) -> String { "the column '\(name)' begins or ends with a space" }
  static func columnWithControlCharacter(_ number: Int) -> String {
    "the name of column \(number) holds a control character"
  }
  static func repeatedColumn(_ name: String) -> String { "the column '\(name)' stands twice" }
  static func columnWithinText(_ name: String) -> String {
    "the column '\(name)' stands within a column that has a text of its own"
  }
  static func columnBesideObject(_ name: String) -> String {
    "the column '\(name)' has a text of its own, and other columns stand within it"
  }

  // YAML.
  static let yamlShape = "a YAML file of tickets is a list of mappings, or one mapping"
}
