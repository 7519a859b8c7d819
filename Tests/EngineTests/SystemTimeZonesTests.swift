import Engine
import Foundation
import Testing
import WorkingTime

@Suite("The time zones of the system")
struct SystemTimeZonesTests {
  let folder = TemporaryFolder()

  /// The smallest TZif file (RFC 8536): version 1, one type with the offset of UTC+8.
  private func writeZone(_ name: String) throws {
    var bytes = Array("TZif".utf8) + Array(repeating: 0, count: 16)
    for count in [0, 0, 0, 0, 1, 4] as [UInt8] { bytes += [0, 0, 0, count] }
    bytes += [0, 0, 0x70, 0x80, 0, 0] + Array("CST\0".utf8)
    let path = try folder.write(name, "")
    try Data(bytes).write(to: URL(filePath: path))
  }

  @Test("are found by their names", arguments: ["Asia/Shanghai", "America/New_York", "Etc/GMT+5", "UTC"])
  func known(name: String) throws {
    try #require(
      FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Asia"), "tzdata is not installed")
    #expect(SystemTimeZones().rules(for: name)?.identifier == name)
  }

  @Test("need no database for UTC", arguments: ["UTC", "Etc/UTC"])
  func utc(name: String) {
    #expect(SystemTimeZones(folder: "/nowhere").rules(for: name) == .utc)
  }

  @Test("are read from the folder that was asked for")
  func ownFolder() throws {
    try writeZone("Office/Here")
    let zone = try #require(SystemTimeZones(folder: folder.path).rules(for: "Office/Here"))
    #expect(zone.offset(at: Instant(milliseconds: 0)) == 28800)
    #expect(SystemTimeZones(folder: folder.path).rules(for: "Office/There") == nil)
  }

  @Test(
    "never lie outside of their folder",
    arguments: [
      "../secret", "Office/../../secret", "..", "/etc/localtime", "Office/./Here", "Office//../Here",
    ])
  func escape(name: String) throws {
    try writeZone("zones/Office/Here")
    try writeZone("secret")
    #expect(SystemTimeZones(folder: folder.path + "/zones").rules(for: name) == nil)
  }

  @Test(
    "have no name that a file of the database cannot have",
    arguments: [
      "", " ", "Asia/Shanghai\u{0}", "Asia/Shang hai", "亚洲/上海", "Asia", "Asia/", "zone.tab", "posixrules~",
    ])
  func noName(name: String) {
    #expect(SystemTimeZones().rules(for: name) == nil)
  }

  @Test("have files that hold no zone: then there is none")
  func damaged() throws {
    try folder.write("Office/Here", "TZif, but not quite")
    #expect(SystemTimeZones(folder: folder.path).rules(for: "Office/Here") == nil)
  }
}
