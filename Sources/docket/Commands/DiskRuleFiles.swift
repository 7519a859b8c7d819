import Diagnostics
import Engine
import FileAccess
import Glibc
import LanguageServer
import WorkingTime

/// Rulebooks on the disk, as the language server asks for them.
struct DiskRuleFiles: RuleFiles {
  /// How far up a rulebook's folder is looked for.
  private static let levelLimit = 8

  /// The folder that the arguments name, absolute; nil to look for one.
  private let only: String?
  private let zones = SystemTimeZones()

  init(only folder: String?) { only = folder.map(Self.absolutePath) }

  /// Links are left as they are: editors name files as people do.
  private static func absolutePath(_ path: String) -> String {
    var parts = path.split(separator: "/").filter { $0 != "." }.map(String.init)
    if !path.hasPrefix("/"), let here = getcwd(nil, 0) {
      parts = String(cString: here).split(separator: "/").map(String.init) + parts
      free(here)
    }
    return "/" + parts.joined(separator: "/")
  }

  func folder(of path: String) -> String {
    if let only, path.hasPrefix(only + "/") { return only }
    let own = Self.parent(of: path)
    var folder = own
    for _ in 0..<Self.levelLimit where folder.count > 1 {
      if Self.namesRulebook(folder) { return folder }
      folder = Self.parent(of: folder)
    }
    return own
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// Whether one of the folder's own rule files begins a line with `rulebook:`.
  private static func namesRulebook(_ folder: String) -> Bool {
    let names = (try? namesIn(folder)) ?? []
    return names.contains { name in
      guard RulebookFolder.mayHoldRules(name), let bytes = try? readFile("\(folder)/\(name)", limit: 8 << 20)
      else {
        return false
      }
      return bytes.split(separator: 0x0A).contains { $0.starts(with: "rulebook:".utf8) }
    }
  }

  /// Nothing below a folder that is no rulebook's: it may be somebody's home.
  func rules(in folder: String) -> [SourceText] {
    isRulebook(folder) ? (try? RulebookFolder(folder))?.rules ?? [] : []
  }

  private func isRulebook(_ folder: String) -> Bool { folder == only || Self.namesRulebook(folder) }

  func tests(in folder: String) -> [SourceText] {
    let files = isRulebook(folder) ? (try? RulebookFolder.yamlFiles(below: folder)) ?? [] : []
    return files.filter { $0.hasSuffix(".test.yaml") || $0.hasSuffix(".test.yml") }
      .compactMap { try? readSource($0, named: String($0.dropFirst(folder.count + 1)), limit: 8 << 20) }
  }

  func holdsRules(_ name: String) -> Bool { RulebookFolder.mayHoldRules(name) }

  func resource(_ name: String, in folder: String) -> SourceText? {
    try? readSource("\(folder)/\(name)", named: name, limit: 8 << 20)
  }

  func timeZone(_ name: String) -> TimeZoneRules? { zones.rules(for: name) }
}
