import Foundation
import Testing

@testable import WorkingTime

/// What the C library's `zdump` says of a zone of the system's tz database: the seconds around each change.
enum ZoneDump {
  struct Line {
    var second: Int64
    var offset: Int64
  }

  private static let path = ["/usr/bin/zdump", "/usr/sbin/zdump"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  static var isPresent: Bool { path != nil }

  static func lines(of name: String, from first: Int, until last: Int) throws -> [Line] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = ["-v", "-c", "\(first),\(last)", name]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").compactMap(line)
  }

  /// `Europe/Dublin  Sun Mar 30 01:00:00 2025 UT = Sun Mar 30 02:00:00 2025 IST isdst=0 gmtoff=3600`
  private static func line(_ text: Substring) -> Line? {
    let words = text.split(separator: " ")
    guard words.count == 16, let offset = Int64(words[15].dropFirst("gmtoff=".count)),
      let month = months.firstIndex(of: String(words[2])), let day = Int(words[3]), let year = Int(words[5]),
      let date = CivilDate(year: year, month: month + 1, day: day)
    else { return nil }
    let time = words[4].split(separator: ":").compactMap { Int64($0) }
    guard time.count == 3 else { return nil }
    return Line(second: Int64(date.days) * 86_400 + time[0] * 3600 + time[1] * 60 + time[2], offset: offset)
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
