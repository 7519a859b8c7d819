import ArgumentParser
import CommandOptions
import FileAccess
import PluginAPI

/// `docket plugin new`: the folder of a plugin that passes the check as it is.
struct PluginNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Begin a plugin: a folder that passes 'docket plugin check' as it is.")

  @Argument(help: "What it is: store or notifier.")
  var role: Role

  @Argument(help: "Its name: lower case letters, digits and hyphens.")
  var name: String

  @Option(help: "What it is written in: python or swift.")
  var language: Language = .python

  @Option(
    help: ArgumentHelp(
      "The folder to make; default: plugins/stores/NAME or plugins/notifiers/NAME.", valueName: "folder"))
  var folder: String?

  @Option(
    help: ArgumentHelp(
      "For Swift: the folder of Docket's package; default: the one that the new folder stands in.",
      valueName: "folder"))
  var package: String?

  enum Role: String, ExpressibleByArgument, CaseIterable { case store, notifier }
  enum Language: String, ExpressibleByArgument, CaseIterable { case python, swift }

  func validate() throws {
    let isName = name.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
    }
    guard isName, let first = name.utf8.first, (0x61...0x7A).contains(first), !name.hasSuffix("-") else {
      throw ValidationError("'\(name)' is no name for a plugin: write lower case letters, digits and hyphens")
    }
    if let folder, folder.split(separator: "/").last.map(String.init) != name {
      throw ValidationError("the last part of --folder must be the plugin's name, '\(name)'")
    }
  }

  mutating func run() throws {
    let folder = self.folder ?? "plugins/\(role.rawValue)s/\(name)"
    if kindOfFile(folder) != nil { throw Failure(.usage, "\(folder) is there already") }
    var scaffold = PluginScaffold(
      name: name, role: .init(rawValue: role.rawValue) ?? .store, language: .python)
    if language == .swift {
      scaffold.language = .swift
      scaffold.package = try DocketPackage.locate(package, from: folder)
    }
    do {
      for (path, text) in scaffold.files { try Self.write(text, to: "\(folder)/\(path)") }
    } catch {
      throw Failure(error)
    }
    try StandardOutput.write(report(folder))
  }

  private static func write(_ text: String, to path: String) throws(FileError) {
    if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash])) }
    var writer = try FileWriter(path)
    try writer.write(Array(text.utf8))
    try writer.commit()
  }

  private func report(_ folder: String) -> String {
    let build = language == .swift ? "  swift build --package-path \(folder)\n" : ""
    return
      "\(folder) is a \(role.rawValue) in \(language == .swift ? "Swift" : "Python"). Next:\n\(build)  docket plugin check \(folder)\n"
  }
}
