/// One property of an event: `DTSTART;VALUE=DATE:20261001`. Names and parameter names are in upper case.
struct ICalendarProperty {
  var line: Int
  var name: String
  var parameters: [String: String]
  var value: String
}

/// The properties of one VEVENT, without those of components inside it.
struct ICalendarProperties {
  var line: Int
  var properties: [ICalendarProperty] = []

  func all(_ name: String) -> [ICalendarProperty] { properties.filter { $0.name == name } }

  /// Nil when it is missing; twice is an error.
  func only(_ name: String) throws(HolidayFileError) -> ICalendarProperty? {
    let all = all(name)
    if all.count > 1 { throw Wording.repeatedProperty(name, line: all[1].line) }
    return all.first
  }
}

/// The layers of an iCalendar file: folded lines, properties, components (RFC 5545, sections 3.1 and 3.4).
enum ICalendarFile {
  static func events(_ bytes: [UInt8]) throws(HolidayFileError) -> [ICalendarProperties] {
    var events: [ICalendarProperties] = []
    var open: [String] = []
    var current: ICalendarProperties?
    let lines = unfolded(bytes)
    for (number, text) in lines {
      let property = try property(text, line: number)
      if open.isEmpty, property.name != "BEGIN" || property.value.uppercased() != "VCALENDAR" {
        throw Wording.notICalendar(line: number)
      }
      switch property.name {
      case "BEGIN":
        open.append(property.value.uppercased())
        if open == ["VCALENDAR", "VEVENT"] { current = ICalendarProperties(line: number) }
      case "END":
        guard open.last == property.value.uppercased() else {
          throw Wording.unexpectedEnd(property.value, open: open.last, line: number)
        }
        if open == ["VCALENDAR", "VEVENT"], let event = current { events.append(event) }
        open.removeLast()
      default:
        if open == ["VCALENDAR", "VEVENT"] { current?.properties.append(property) }
      }
    }
    if let unclosed = open.last { throw Wording.missingEnd(unclosed, line: lines.last?.line ?? 1) }
    if lines.isEmpty { throw Wording.notICalendar(line: 1) }
    return events
  }

  /// Content lines with the number of their first line; empty ones are left out.
  private static func unfolded(_ bytes: [UInt8]) -> [(line: Int, text: String)] {
    var folded: [(line: Int, bytes: [UInt8])] = []
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    let lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, raw) in lines.enumerated() {
      let line = raw.last == UInt8(ascii: "\r") ? raw.dropLast() : raw
      if let first = line.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t"), !folded.isEmpty {
        folded[folded.count - 1].bytes += line.dropFirst()
      } else if !line.isEmpty {
        folded.append((index + 1, Array(line)))
      }
    }
    return folded.map { ($0.line, String(decoding: $0.bytes, as: UTF8.self)) }
  }

  /// `name *(";" parameter "=" value) ":" value`, where a parameter's value may be in quotes.
  private static func property(_ text: String, line: Int) throws(HolidayFileError) -> ICalendarProperty {
    var parts: [Substring] = []
    var isQuoted = false
    var start = text.startIndex
    var index = start
    while index < text.endIndex, isQuoted || text[index] != ":" {
      if text[index] == "\"" { isQuoted.toggle() }
      if text[index] == ";", !isQuoted {
        parts.append(text[start..<index])
        start = text.index(after: index)
      }
      index = text.index(after: index)
    }
    guard index < text.endIndex else { throw Wording.notAProperty(line: line) }
    parts.append(text[start..<index])
    let value = String(text[text.index(after: index)...])
    return ICalendarProperty(
      line: line, name: parts[0].uppercased(), parameters: parameters(parts.dropFirst()), value: value)
  }

  private static func parameters(_ parts: ArraySlice<Substring>) -> [String: String] {
    var parameters: [String: String] = [:]
    for part in parts {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { continue }
      parameters[pair[0].uppercased()] = String(pair[1].filter { $0 != "\"" })
    }
    return parameters
  }
}
