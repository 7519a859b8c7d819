public import Diagnostics
public import FileAccess

/// The files of a rulebook's folder, read in path order.
///
/// Read as rules: every `.yaml` and `.yml` below the folder but tests (`*.test.yaml`), what stands under `samples/`,
/// hidden files, and files that a rule names (a holiday file, say). Those are read as they are.
public struct RulebookFolder: Sendable {
  public let path: String
  /// The files with rules; paths are relative to the folder.
  public let rules: [SourceText]
  /// The other files that a rule may name, by their path relative to the folder.
  public let others: [String]
  /// Files that are in memory, not on the disk; nil for a folder.
  private let stored: [String: SourceText]?

  /// The names of folders that hold no rules.
  static let skippedFolders: Set<String> = ["samples"]

  /// - Parameter path: a folder, or one rule file.
  public init(_ path: String) throws(FileError) {
    guard kindOfFile(path) == .folder else {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      self.path = parts.count > 1 ? parts.dropLast().joined(separator: "/") : "."
      rules = [try readSource(path, named: String(parts.last ?? ""))]
      (others, stored) = ([], nil)
      return
    }
    // Behind the folder's name: the root itself has none.
    let end = path.lastIndex { $0 != "/" }
    self.path = end.map { String(path[...$0]) } ?? ""
    var rules = [SourceText]()
    var others = [String]()
    for file in try filesBelow(self.path.isEmpty ? "/" : self.path) {
      let name = String(file.dropFirst(self.path.count + 1))
      if Self.mayHoldRules(name) {
        rules.append(try readSource(file, named: name))
      } else {
        others.append(name)
      }
    }
    (self.rules, self.others, stored) = (rules, others, nil)
  }

  /// A folder in memory, such as one that a revision holds.
  ///
  /// - Parameter files: all files of it; their paths are relative to the folder.
  public init(_ path: String, holding files: [SourceText]) {
    self.path = path
    let sorted = files.sorted { $0.path < $1.path }
    rules = sorted.filter { Self.mayHoldRules($0.path) }
    others = sorted.map(\.path).filter { !Self.mayHoldRules($0) }
    stored = Dictionary(sorted.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a file of that name, relative to a rulebook's folder, is read as rules.
  public static func mayHoldRules(_ name: String) -> Bool {
    let folders = name.split(separator: "/").dropLast()
    if folders.contains(where: { skippedFolders.contains(String($0)) }) { return false }
    if name.hasSuffix(".test.yaml") || name.hasSuffix(".test.yml") { return false }
    return name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }

  /// A file that a rule names, relative to the folder.
  public func resource(_ name: String) throws(FileError) -> SourceText {
    guard let stored else { return try readSource("\(path)/\(name)", named: name) }
    guard let file = stored[name] else { throw FileError(name, missingIn: path) }
    return file
  }
}

extension RulebookFolder {
  /// The paths of all YAML files below `path` that people write: rules, tests beside them, and holiday files.
  public static func yamlFiles(below path: String) throws(FileError) -> [String] {
    let end = path.lastIndex { $0 != "/" }
    let folder = end.map { String(path[...$0]) } ?? "/"
    return try filesBelow(folder).filter { file in
      let name = file.dropFirst(folder.count)
      let folders = name.split(separator: "/").dropLast()
      return (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
        && !folders.contains { skippedFolders.contains(String($0)) }
    }
  }
}
