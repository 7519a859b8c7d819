import CommandOptions
import FileAccess
import Glibc

/// Where Docket's own package is, for plugins in Swift that are built against it.
enum DocketPackage {
  /// The package at `path`, or the one that `folder`, which is yet to be made, will stand in: its path from there on, and its
  /// identity, which is the name of its folder.
  static func locate(_ path: String?, from folder: String) throws(Failure) -> (path: String, identity: String)
  {
    if let path {
      guard isDocket(path), let absolute = absolute(path) else {
        throw Failure(
          .usage, "there is no package of Docket in \(path)",
          hint: "name the folder with Docket's Package.swift")
      }
      return (absolute, identity(absolute))
    }
    let parts = folder.split(separator: "/").filter { $0 != "." }
    // From the parent of the new folder upwards.
    for count in stride(from: parts.count - 1, through: 0, by: -1) {
      let place = (folder.hasPrefix("/") ? "/" : "./") + parts.prefix(count).joined(separator: "/")
      if isDocket(place), let absolute = absolute(place) {
        let up = Array(repeating: "..", count: parts.count - count).joined(separator: "/")
        return (up, identity(absolute))
      }
    }
    throw Failure(
      .usage, "a plugin in Swift is built against Docket's package, and \(folder) does not stand in it",
      hint: "say --package and the folder with Docket's Package.swift")
  }

  private static func isDocket(_ folder: String) -> Bool {
    guard let bytes = try? readFile("\(folder)/Package.swift", limit: 1 << 20) else { return false }
    return String(decoding: bytes, as: UTF8.self).contains("name: \"docket\"")
  }

  private static func absolute(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func identity(_ absolute: String) -> String {
    absolute.split(separator: "/").last.map { $0.lowercased() } ?? "docket"
  }
}
