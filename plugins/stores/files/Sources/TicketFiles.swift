import Diagnostics
import FileAccess
import PluginAPI

/// The files that the setting `path` stands for: files, folders, patterns, "-" for standard input.
struct TicketFiles {
  static let standardInput = "-"

  private let settings: FilesStoreSettings
  private(set) var paths = [String]()
  private var known = Set<String>()

  /// Throws `.configuration` for a path that stands for no file, unless that is allowed.
  init(_ settings: FilesStoreSettings) throws(PluginError) {
    self.settings = settings
    for (index, path) in settings.paths.enumerated() {
      for file in try files(path, at: index) where known.insert(file).inserted { paths.append(file) }
    }
  }

  private func files(_ path: String, at index: Int) throws(PluginError) -> [String] {
    if path == Self.standardInput { return [path] }
    switch kindOfFile(path) {
    case .file, .other: return [path]
    case .folder: return try files(inFolder: path, at: index)
    case nil where path.contains { "*?[".contains($0) }: return try files(matching: path, at: index)
    case nil: throw settings.wrongPath(index, Messages.noFile(path), hint: suggestion(for: path))
    }
  }

  private func files(inFolder folder: String, at index: Int) throws(PluginError) -> [String] {
    let files: [String]
    do { files = try filesBelow(folder).filter { FileFormat(path: $0) != nil } } catch {
      throw settings.wrongPath(index, error.message)
    }
    if files.isEmpty, !settings.allowsEmpty {
      throw settings.wrongPath(index, Messages.emptyFolder(folder), hint: Messages.emptyFolderHint)
    }
    return files
  }

  private func files(matching pattern: String, at index: Int) throws(PluginError) -> [String] {
    var found = [String]()
    for path in FileAccess.paths(matching: pattern) {
      found += kindOfFile(path) == .folder ? try files(inFolder: path, at: index) : [path]
    }
    if found.isEmpty, !settings.allowsEmpty {
      throw settings.wrongPath(index, Messages.noMatch(pattern), hint: Messages.noMatchHint)
    }
    return found
  }

  /// The nearest name in the folder where the file should stand.
  private func suggestion(for path: String) -> String? {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? ""
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let names = (try? namesIn(folder.isEmpty ? "." : folder)) ?? []
    return Diagnostics.nearestName(to: name, among: names.sorted()).map { "did you mean '\(folder)\($0)'?" }
  }
}
