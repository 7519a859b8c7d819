public import Diagnostics
import LocatedYAML
public import PluginProtocol
import RuleCompiler
public import RuleEvaluator

/// Editor support for rule files (Language Server Protocol 3.17), apart from how messages come and go.
///
/// Whoever owns the connection hands over each message, sends what comes back, and calls `publishDiagnostics` when
/// nothing has come in for a moment. What it answers depends on the messages and the files alone.
public struct LanguageServer {
  /// What is said of a rulebook that compiles, beyond what the compiler says: the analysis of rules.
  public typealias Analysis = @Sendable (_ rulebook: Rulebook, _ files: [SourceText]) -> [Diagnostic]

  enum Phase { case fresh, running, shutDown }

  let version: String
  let analysis: Analysis
  var phase = Phase.fresh
  var workspace: RuleWorkspace
  /// The documents whose rulebooks changed since messages about them were published.
  private var changed = Set<String>()
  /// By rulebook folder, what was said last, and of which files.
  private var published: [String: Published] = [:]
  /// Requests that the client does not wait for any more; each id goes with its request.
  private var cancelled = Set<JSONValue>()
  /// The process's exit code, once the client has said `exit`: 0 after `shutdown`, else 1.
  public private(set) var exitCode: Int32?

  struct Published {
    var diagnostics: [Diagnostic] = []
    var files = Set<String>()
  }

  /// - Parameter analysis: see `Analysis`; none for the compiler's messages alone.
  public init(files: any RuleFiles, version: String, analysis: @escaping Analysis = { _, _ in [] }) {
    self.version = version
    self.analysis = analysis
    workspace = RuleWorkspace(files: files)
  }

  /// Whether `publishDiagnostics` has something to do.
  public var hasChanges: Bool { !changed.isEmpty }

  /// What is to be sent in answer to one message, in order.
  public mutating func receive(_ item: MessageQueue.Item) -> [JSONValue] {
    switch item {
    case .malformed(let error): return [.refusal(error, to: nil)]
    case .message(let value):
      do {
        guard let message = try IncomingMessage(value) else { return [] }
        return receive(message)
      } catch {
        return [.refusal(error, to: value["id"])]
      }
    }
  }

  /// Requests that stand further back in the queue are cancelled before their turn.
  public mutating func look(ahead item: MessageQueue.Item) {
    guard case .message(let value) = item, value["method"]?.text == "$/cancelRequest",
      let id = value["params"]?["id"], cancelled.count < 1000
    else { return }
    cancelled.insert(id)
  }

  private mutating func receive(_ message: IncomingMessage) -> [JSONValue] {
    guard let id = message.id else {
      do { return try notified(message) } catch { return [.logMessage(error.message)] }
    }
    if cancelled.remove(id) != nil { return [.refusal(.cancelled, to: id)] }
    do {
      return [.answer(try requested(message), to: id)]
    } catch {
      return [.refusal(error, to: id)]
    }
  }

  private mutating func requested(_ message: IncomingMessage) throws(RPCError) -> JSONValue {
    switch phase {
    case .fresh:
      guard message.method == "initialize" else { throw .notInitialized }
      phase = .running
      return capabilities
    case .shutDown: throw .shutDown
    case .running: return try answer(message)
    }
  }

  private mutating func notified(_ message: IncomingMessage) throws(RPCError) -> [JSONValue] {
    if message.method == "exit" {
      exitCode = phase == .shutDown ? 0 : 1
      return []
    }
    // Before the handshake only an end is heard.
    guard phase == .running else { return [] }
    switch message.method {
    case "textDocument/didOpen": return try opened(message)
    case "textDocument/didChange": try edited(message)
    case "textDocument/didClose": return try closed(message)
    case "textDocument/didSave", "workspace/didChangeWatchedFiles":
      workspace.forgetRulebooks()
      changed.formUnion(workspace.documents.keys)
    case "$/cancelRequest":
      // It came behind its answer, or was looked at ahead.
      if let id = message.parameters["id"] { cancelled.remove(id) }
    default: break
    }
    return []
  }
}

// MARK: Documents

extension LanguageServer {
  private mutating func opened(_ message: IncomingMessage) throws(RPCError) -> [JSONValue] {
    let uri = try message.text("textDocument", "uri")
    let text = try message.text("textDocument", "text")
    let version = message.parameters["textDocument"]?["version"]?.integer ?? 0
    let path = DocumentURI.path(of: uri) ?? "/" + uri
    let document = OpenDocument(uri: uri, path: path, version: version, text: text)
    guard workspace.open(document) else { return [.logMessage(Wording.noRoom(uri))] }
    changed.insert(uri)
    return []
  }

  private mutating func edited(_ message: IncomingMessage) throws(RPCError) {
    let uri = try message.text("textDocument", "uri")
    guard let changes = message.parameters["contentChanges"]?.list else {
      throw .parameter("contentChanges", of: message.method)
    }
    let version = message.parameters["textDocument"]?["version"]?.integer ?? 0
    try workspace.change(uri, version: version, changes)
    changed.insert(uri)
  }

  /// Its messages go; those of the other files are thought over again, or go where nothing of their rulebook is open.
  private mutating func closed(_ message: IncomingMessage) throws(RPCError) -> [JSONValue] {
    let uri = try message.text("textDocument", "uri")
    let path = try workspace.document(uri).source.path
    workspace.close(uri)
    changed.remove(uri)
    changed.formUnion(workspace.documents.keys)
    let folder = workspace.files.folder(of: path)
    let isLast = !workspace.documents.values.contains { workspace.files.folder(of: $0.source.path) == folder }
    let files = isLast ? published.removeValue(forKey: folder)?.files.sorted() ?? [] : []
    let others = files.map { DocumentURI.uri(of: folder + "/" + $0) }.filter { $0 != uri }
    return ([uri] + others).map { .diagnostics(uri: $0, version: nil, []) }
  }
}

// MARK: Diagnostics

extension LanguageServer {
  /// The messages about every rulebook that changed since the last call, file by file; empty lists for files whose
  /// messages went away.
  public mutating func publishDiagnostics() -> [JSONValue] {
    let uris = changed.sorted()
    changed = []
    var messages: [JSONValue] = []
    var done = Set<String>()
    for uri in uris {
      guard let document = workspace.documents[uri] else { continue }
      let (rulebook, name) = workspace.rulebook(of: document)
      guard rulebook.holds(name) else {
        messages.append(syntaxMessages(document, isOurs: !rulebook.sources.isEmpty))
        continue
      }
      if done.insert(rulebook.folder).inserted { messages += publish(rulebook) }
    }
    return messages
  }

  private mutating func publish(_ rulebook: RuleWorkspace.Rulebook) -> [JSONValue] {
    let compilation = workspace.compile(rulebook)
    var diagnostics = compilation.diagnostics
    // The one place where more than the compiler says comes in.
    if let compiled = compilation.rulebook { diagnostics += analysis(compiled, rulebook.sources) }
    let first = rulebook.sources.first?.path ?? ""
    let byFile = Dictionary(grouping: diagnostics.sortedByPlace()) { $0.place?.file ?? first }
    let open = Set(workspace.documents.values.map(\.source.path))
    let files = Set(byFile.keys)
      .union(rulebook.sources.map(\.path).filter { open.contains(rulebook.path(of: $0)) })
      .union(published[rulebook.folder]?.files ?? [])
    published[rulebook.folder] = Published(diagnostics: diagnostics, files: Set(byFile.keys))
    let positions = positions(rulebook.sources + compilation.resources)
    return files.sorted().map { file in
      let writer = messages(about: file, in: rulebook, positions: positions)
      return .diagnostics(
        uri: writer.uri(file), version: version(of: rulebook.path(of: file)),
        (byFile[file] ?? []).map(writer.json))
    }
  }

  /// Of a document that is no rule file: whether it is YAML of the subset, where it stands in a rulebook's folder.
  private func syntaxMessages(_ document: OpenDocument, isOurs: Bool) -> JSONValue {
    var diagnostics: [Diagnostic] = []
    if isOurs, document.source.path.hasSuffix(".yaml") || document.source.path.hasSuffix(".yml") {
      _ = YAMLDocument.load(document.source, into: &diagnostics)
    }
    let positions = TextPositions(document.source)
    let writer = DiagnosticMessages(
      positions: positions, uri: { _ in document.uri }, otherPositions: { _ in positions })
    return .diagnostics(uri: document.uri, version: document.version, diagnostics.map(writer.json))
  }

  private func version(of path: String) -> Int? {
    workspace.documents.values.first { $0.source.path == path }?.version
  }

  func messages(about file: String, in rulebook: RuleWorkspace.Rulebook) -> DiagnosticMessages {
    messages(about: file, in: rulebook, positions: positions(rulebook.sources))
  }

  private func positions(_ sources: [SourceText]) -> [String: TextPositions] {
    Dictionary(sources.map { ($0.path, TextPositions($0)) }, uniquingKeysWith: { first, _ in first })
  }

  private func messages(
    about file: String, in rulebook: RuleWorkspace.Rulebook, positions: [String: TextPositions]
  ) -> DiagnosticMessages {
    DiagnosticMessages(
      positions: positions[file] ?? TextPositions(SourceText(path: file, text: "")),
      uri: { workspace.uri(of: rulebook.path(of: $0)) }, otherPositions: { positions[$0] })
  }

  /// What was said last of the rulebook in `folder`.
  func lastDiagnostics(_ folder: String) -> [Diagnostic] { published[folder]?.diagnostics ?? [] }
}

extension JSONValue {
  static func diagnostics(uri: String, version: Int?, _ diagnostics: [JSONValue]) -> JSONValue {
    var parameters: [String: JSONValue] = ["uri": .text(uri), "diagnostics": .list(diagnostics)]
    if let version { parameters["version"] = .integer(version) }
    return .notification("textDocument/publishDiagnostics", .object(parameters))
  }

  /// For whoever looks into the editor's log: a warning.
  static func logMessage(_ text: String) -> JSONValue {
    .notification("window/logMessage", .object(["type": .integer(2), "message": .text(text)]))
  }
}
