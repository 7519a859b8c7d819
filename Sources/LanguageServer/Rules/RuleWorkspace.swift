import Diagnostics
import LocatedYAML
import PluginProtocol
import RuleCompiler

/// The rulebooks that open documents belong to: the files on the disk with the documents laid over them.
struct RuleWorkspace {
  /// More text than anybody opens at once: 128 MiB.
  static let sizeLimit = 128 << 20

  let files: any RuleFiles
  /// By the editor's URI.
  private(set) var documents: [String: OpenDocument] = [:]
  private var rulebooks: [String: Rulebook] = [:]
  /// By path, what was last read of a file without a syntax error.
  private var readable: [String: ReadFile] = [:]

  init(files: any RuleFiles) { self.files = files }

  /// A file and the nodes of its last text that could be read.
  struct ReadFile {
    /// Its path is relative to the rulebook's folder.
    var source: SourceText
    var root: Node
  }

  /// One rulebook as it stands now.
  struct Rulebook {
    var folder: String
    var sources: [SourceText]
    var index: SymbolIndex

    func path(of name: String) -> String { folder + "/" + name }

    func holds(_ name: String) -> Bool { sources.contains { $0.path == name } }
  }
}

// MARK: Documents

extension RuleWorkspace {
  /// - Returns: false where there is no room for it.
  mutating func open(_ document: OpenDocument) -> Bool {
    let size = documents.values.reduce(0) { $0 + $1.source.bytes.count }
    guard size + document.source.bytes.count <= Self.sizeLimit else { return false }
    documents[document.uri] = document
    forgetRulebooks()
    return true
  }

  mutating func change(_ uri: String, version: Int, _ changes: [JSONValue]) throws(RPCError) {
    guard var document = documents[uri] else { throw .notOpen(uri) }
    for change in changes { try document.apply(change) }
    document.version = version
    documents[uri] = document
    forgetRulebooks()
  }

  mutating func close(_ uri: String) {
    documents[uri] = nil
    forgetRulebooks()
  }

  /// After a change, here or on the disk.
  mutating func forgetRulebooks() { rulebooks = [:] }

  func document(_ uri: String) throws(RPCError) -> OpenDocument {
    guard let document = documents[uri] else { throw .notOpen(uri) }
    return document
  }

  /// The URI of a file, as the editor spells it where it has it open.
  func uri(of path: String) -> String {
    documents.values.first { $0.source.path == path }?.uri ?? DocumentURI.uri(of: path)
  }
}

// MARK: Rulebooks

extension RuleWorkspace {
  /// The rulebook of a document, and the document's name in it.
  mutating func rulebook(of document: OpenDocument) -> (rulebook: Rulebook, name: String) {
    let folder = files.folder(of: document.source.path)
    let name = String(document.source.path.dropFirst(folder.count + 1))
    if let rulebook = rulebooks[folder] { return (rulebook, name) }
    let rulebook = read(folder)
    rulebooks[folder] = rulebook
    return (rulebook, name)
  }

  private mutating func read(_ folder: String) -> Rulebook {
    let open = documents.values.filter { $0.source.path.hasPrefix(folder + "/") }
    let overlays = Dictionary(
      open.map { document in
        let name = String(document.source.path.dropFirst(folder.count + 1))
        return (name, SourceText(path: name, bytes: document.source.bytes))
      }, uniquingKeysWith: { first, _ in first })
    var sources = Dictionary(
      files.rules(in: folder).map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let isRulebook = !sources.isEmpty
    for (name, source) in overlays
    where files.holdsRules(name) && files.folder(of: folder + "/" + name) == folder {
      // Where there is no rulebook, other YAML files are none of our business.
      if isRulebook || source.looksLikeRules { sources[name] = source }
    }
    let ordered = sources.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let tests = files.tests(in: folder).map { overlays[$0.path] ?? $0 }
    let index = SymbolIndex(
      ordered.compactMap { readable($0, in: folder) }, tests: tests.compactMap { readable($0, in: folder) },
      resource: { overlays[$0] ?? files.resource($0, in: folder) })
    return Rulebook(folder: folder, sources: ordered, index: index)
  }

  /// The nodes of a file, or of its last text that had some, with that text.
  private mutating func readable(_ source: SourceText, in folder: String) -> (source: SourceText, root: Node)?
  {
    let path = folder + "/" + source.path
    if let last = readable[path], last.source.bytes == source.bytes { return (last.source, last.root) }
    var diagnostics: [Diagnostic] = []
    if let root = YAMLDocument.load(source, into: &diagnostics) {
      // What was closed long ago goes with the rest.
      if readable.count > 10_000 { readable = [:] }
      readable[path] = ReadFile(source: source, root: root)
    }
    return readable[path].map { ($0.source, $0.root) }
  }

  /// The files of `rulebook`, compiled, and whatever they name.
  func compile(_ rulebook: Rulebook) -> RulebookCompiler.Compilation {
    RulebookCompiler(
      files: rulebook.sources,
      resource: { name in
        documents.values.first { $0.source.path == rulebook.path(of: name) }
          .map { SourceText(path: name, bytes: $0.source.bytes) } ?? files.resource(name, in: rulebook.folder)
      }, timeZone: { files.timeZone($0) }
    ).compile()
  }
}

extension SourceText {
  /// Whether the first line with content begins a rule file, or there is none yet.
  fileprivate var looksLikeRules: Bool {
    let lines = bytes.split(separator: 0x0A).lazy.map { $0.drop { $0 <= 0x20 } }
    guard let first = lines.first(where: { !$0.isEmpty && $0.first != UInt8(ascii: "#") }) else {
      return true
    }
    return first.starts(with: "format:".utf8)
  }
}
