public import Diagnostics
import FileAccess
import LocatedYAML
public import PluginAPI

/// All plugins that can be selected: those that are linked in, and those whose folders stand in a known place.
///
/// Nothing is started to find out, and PATH is not searched. A root is `plugins/` or what `--plugin-path` names: a folder with
/// `stores/` and `notifiers/`, a folder of plugins, or the folder of one plugin. What was installed with docket comes last, and
/// gives way to a plugin of the same name.
public struct PluginCatalog: Sendable {
  public struct Entry: Sendable {
    public var name: String
    public var version: String
    public var role: PluginDescription.Role
    public var summary: String
    /// Nil for a plugin that is linked in and whose folder is not there.
    public var manifest: PluginManifest?
    public var isLinked: Bool

    /// Where it was found: a folder, or "built in".
    public var place: String { isLinked ? "built in" : manifest?.folder ?? "" }
  }

  /// What reading the folders brought.
  public struct Contents: Sendable {
    public var entries: [Entry] = []
    /// What is wrong with manifests, and names that stand for two plugins.
    public var diagnostics: [Diagnostic] = []
    /// The manifests' texts, for rendering.
    public var sources: [SourceText] = []

    public init() {}
  }

  private let linked: [PluginDescription]
  private let roots: [String]
  private let installed: String?

  /// - Parameter installed: the root of the plugins that came with docket; nil where there is none.
  public init(linked: [PluginDescription], roots: [String], installed: String? = nil) {
    self.linked = linked
    self.roots = roots
    self.installed = installed
  }

  /// All plugins, by role and name.
  public func contents() -> Contents { contents(of: folders) }

  /// The plugin of that name; nil where there is none. Only folders of that name are read.
  public func find(_ name: String, _ role: PluginDescription.Role) -> (entry: Entry?, contents: Contents) {
    let folders = folders.filter { Self.name($0) == name }
    let contents = contents(of: folders)
    return (contents.entries.first { $0.name == name && $0.role == role }, contents)
  }

  /// The plugin in that folder.
  public func read(folder: String) -> Contents { contents(of: [folder]) }

  private static func name(_ folder: String) -> String {
    folder.split(separator: "/").last.map(String.init) ?? folder
  }

  private func contents(of folders: [String]) -> Contents {
    var contents = Contents()
    for description in linked { contents.entries.append(Entry(description)) }
    for folder in folders {
      let before = contents.diagnostics.count
      guard let manifest = read(folder, into: &contents), before == contents.diagnostics.count else {
        continue
      }
      add(manifest, to: &contents)
    }
    contents.entries.sort { ($0.role.rawValue, $0.name) < ($1.role.rawValue, $1.name) }
    return contents
  }

  private func read(_ folder: String, into contents: inout Contents) -> PluginManifest? {
    let path = "\(folder)/plugin.yaml"
    do throws(FileError) {
      let source = try readSource(path)
      contents.sources.append(source)
      return PluginManifest.read(source, folder: folder, into: &contents.diagnostics)
    } catch {
      contents.diagnostics.append(Diagnostic("unreadable-file", .error, error.message, at: nil))
      return nil
    }
  }

  private func add(_ manifest: PluginManifest, to contents: inout Contents) {
    let index = contents.entries.firstIndex { $0.name == manifest.name && $0.role == manifest.role }
    if let index, contents.entries[index].manifest != nil, isInstalled(manifest.folder) { return }
    if manifest.command.isEmpty {
      // The folder of a plugin that is linked in.
      if let index, contents.entries[index].isLinked {
        contents.entries[index].manifest = manifest
      } else {
        contents.diagnostics.append(.neitherCommandNorLinked(manifest))
      }
      return
    }
    if let index {
      contents.diagnostics.append(.twoOfOneName(manifest, other: contents.entries[index].place))
    } else {
      contents.entries.append(Entry(manifest))
    }
  }

  // MARK: Folders

  /// The folders of plugins below all roots; one that two roots lead to stands once.
  private var folders: [String] {
    var seen: Set<String> = []
    let roots = roots + (installed.map { [$0] } ?? [])
    return roots.flatMap(folders).filter { seen.insert(resolvingLinks($0)).inserted }
  }

  private func isInstalled(_ folder: String) -> Bool {
    installed.map { folder.hasPrefix("\($0)/") } ?? false
  }

  /// The folders of plugins below a root, in the order of their names.
  private func folders(_ root: String) -> [String] {
    let root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
    if kindOfFile("\(root)/plugin.yaml") != nil { return [root] }
    let places = ["\(root)/stores", "\(root)/notifiers"].filter { kindOfFile($0) == .folder }
    return (places.isEmpty ? [root] : places).flatMap { place in
      let names = (try? namesIn(place))?.sorted() ?? []
      return names.map { "\(place)/\($0)" }.filter { kindOfFile("\($0)/plugin.yaml") != nil }
    }
  }
}

extension PluginCatalog.Entry {
  fileprivate init(_ description: PluginDescription) {
    self.init(
      name: description.name, version: description.version, role: description.role,
      summary: description.summary,
      manifest: nil, isLinked: true)
  }

  fileprivate init(_ manifest: PluginManifest) {
    self.init(
      name: manifest.name, version: manifest.version, role: manifest.role, summary: manifest.summary,
      manifest: manifest, isLinked: false)
  }
}

extension Diagnostic {
  fileprivate static func neitherCommandNorLinked(_ manifest: PluginManifest) -> Diagnostic {
    Diagnostic(
      "missing-key", .error, "\(quoted(manifest.name)) has no command and is not built in",
      at: Place(file: manifest.path, line: 1), hint: "write 'command: [python3, plugin.py]', say")
  }

  fileprivate static func twoOfOneName(_ manifest: PluginManifest, other: String) -> Diagnostic {
    Diagnostic(
      "two-of-one-name", .error,
      "there are two \(manifest.role.rawValue)s '\(manifest.name)': \(manifest.folder) and \(other)",
      at: Place(file: manifest.path, line: 1), hint: "give one of them another name")
  }
}
