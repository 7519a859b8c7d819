/// How tickets are written in a file.
enum FileFormat: String, CaseIterable {
  /// One JSON object a line.
  case ndjson
  /// A JSON array, one JSON object, or several.
  case json
  case csv
  case yaml

  static let extensions: [(suffix: String, format: FileFormat)] = [
    (".ndjson", .ndjson), (".jsonl", .ndjson), (".json", .json), (".csv", .csv), (".yaml", .yaml),
    (".yml", .yaml),
  ]

  /// The format that a file's name speaks of, with or without `.gz`; nil where it says nothing.
  init?(path: String) {
    let lowered = path.lowercased()
    let name = lowered.hasSuffix(".gz") ? lowered.dropLast(3) : lowered[...]
    guard let known = Self.extensions.first(where: { name.hasSuffix($0.suffix) }) else { return nil }
    self = known.format
  }
}

/// What the first bytes of a file say about its format.
struct FormatSniffer {
  enum Answer: Equatable {
    case format(FileFormat)
    case unknown
    /// The bytes at hand allow several.
    case undecided
  }

  private let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes.drop { $0.isJSONSpace } }

  /// The format of a file that nothing is known of.
  func format() -> Answer {
    switch bytes.first {
    case UInt8(ascii: "["): .format(.json)
    case UInt8(ascii: "{"): jsonLayout()
    default: textLayout()
    }
  }

  /// Whether JSON text holds one object a line (`.ndjson`) or is laid out in another way (`.json`).
  ///
  /// A first line that is broken, so that its object does not end on it, is told by the next one beginning with `{`: then
  /// only that line is lost.
  func jsonLayout() -> Answer {
    guard let first = bytes.first else { return .undecided }
    guard first == UInt8(ascii: "{") else { return .format(.json) }
    guard let newline = bytes.firstIndex(of: 0x0A) else { return .undecided }
    if bytes[..<newline].endsItsOnlyValue { return .format(.ndjson) }
    let next = newline + 1
    guard next < bytes.endIndex else { return .undecided }
    return .format(bytes[next] == UInt8(ascii: "{") ? .ndjson : .json)
  }

  private func textLayout() -> Answer {
    guard let newline = bytes.firstIndex(of: 0x0A) else { return .undecided }
    let line = String(decoding: bytes[..<newline].filter { $0 != 0x0D }, as: UTF8.self)
    if line.hasPrefix("- ") || line.hasPrefix("#") || line.hasPrefix("---") { return .format(.yaml) }
    let beforeComma = line.prefix { $0 != "," }
    if beforeComma.contains(": ") || line.hasSuffix(":") { return .format(.yaml) }
    return beforeComma.count < line.count ? .format(.csv) : .unknown
  }
}

extension ArraySlice<UInt8> {
  /// Whether one value stands here, whole, and nothing but white space follows it.
  fileprivate var endsItsOnlyValue: Bool {
    withUnsafeBufferPointer { bytes in
      var scanner = JSONValueScanner()
      guard let end = scanner.end(in: bytes, from: 0) else { return false }
      return bytes[end...].allSatisfy(\.isJSONSpace)
    }
  }
}
