import Diagnostics
import LocatedYAML
import PluginProtocol
import RuleFormat

// What an editor asks.

extension LanguageServer {
  var capabilities: JSONValue {
    .object([
      "serverInfo": .object(["name": .text("docket"), "version": .text(version)]),
      "capabilities": .object([
        "positionEncoding": .text("utf-16"),
        "textDocumentSync": .object([
          "openClose": .boolean(true), "change": .integer(2), "save": .boolean(true),
        ]),
        "completionProvider": .object([
          "triggerCharacters": .list([" ", "{", "[", ",", ":", "|", "."].map(JSONValue.text))
        ]),
        "hoverProvider": .boolean(true), "definitionProvider": .boolean(true),
        "referencesProvider": .boolean(true), "documentSymbolProvider": .boolean(true),
        "documentFormattingProvider": .boolean(true),
        "codeActionProvider": .object(["codeActionKinds": .list([.text("quickfix")])]),
      ]),
    ])
  }

  mutating func answer(_ message: IncomingMessage) throws(RPCError) -> JSONValue {
    switch message.method {
    case "shutdown":
      phase = .shutDown
      return .null
    case "initialize": throw .alreadyInitialized
    case "textDocument/completion": return try completion(message)
    case "textDocument/hover": return try hover(message)
    case "textDocument/definition": return try definition(message)
    case "textDocument/references": return try references(message)
    case "textDocument/documentSymbol": return try documentSymbols(message)
    case "textDocument/formatting": return try formatting(message)
    case "textDocument/codeAction": return try codeActions(message)
    default: throw .unknownMethod(message.method)
    }
  }

  /// A document, and a position in it.
  private struct Question {
    var document: OpenDocument
    var rulebook: RuleWorkspace.Rulebook
    var name: String
    var position: Position
  }

  private mutating func question(_ message: IncomingMessage) throws(RPCError) -> Question {
    let document = try workspace.document(try message.text("textDocument", "uri"))
    guard let position = TextPositions(document.source).position(message.parameters["position"]) else {
      throw .parameter("position", of: message.method)
    }
    let (rulebook, name) = workspace.rulebook(of: document)
    return Question(document: document, rulebook: rulebook, name: name, position: position)
  }

  private mutating func completion(_ message: IncomingMessage) throws(RPCError) -> JSONValue {
    let question = try question(message)
    guard question.rulebook.holds(question.name) else { return .list([]) }
    let place = CompletionPlace(question.document.source, at: question.position)
    let range = TextPositions(question.document.source).json(place.word)
    let items = Completion(index: question.rulebook.index, place: place).items
    return .list(items.enumerated().map { $1.json(replacing: range, order: $0) })
  }

  private mutating func hover(_ message: IncomingMessage) throws(RPCError) -> JSONValue {
    let question = try question(message)
    guard let occurrence = question.rulebook.index.occurrence(in: question.name, at: question.position),
      let text = HoverText(rulebook: question.rulebook).text(of: occurrence)
    else { return .null }
    return .object([
      "contents": .object(["kind": .text("markdown"), "value": .text(text)]),
      "range": TextPositions(question.document.source).json(occurrence.place),
    ])
  }

  private mutating func definition(_ message: IncomingMessage) throws(RPCError) -> JSONValue {
    let question = try question(message)
    let index = question.rulebook.index
    guard let occurrence = index.occurrence(in: question.name, at: question.position) else { return .null }
    return locations(index.definitions(of: occurrence), question.rulebook)
  }

  private mutating func references(_ message: IncomingMessage) throws(RPCError) -> JSONValue {
    let question = try question(message)
    let index = question.rulebook.index
    guard let occurrence = index.occurrence(in: question.name, at: question.position) else { return .null }
    let withDefinitions = message.parameters["context"]?["includeDeclaration"]?.boolean ?? true
    let definitions = withDefinitions ? index.definitions(of: occurrence) : []
    let all = definitions + index.uses(of: occurrence)
    return locations(all.sorted { $0.place < $1.place }, question.rulebook)
  }

  private func locations(_ occurrences: [Occurrence], _ rulebook: RuleWorkspace.Rulebook) -> JSONValue {
    var positions: [String: TextPositions] = [:]
    let locations = occurrences.compactMap { occurrence -> JSONValue? in
      let file = occurrence.place.file
      if positions[file] == nil { positions[file] = source(file, in: rulebook).map(TextPositions.init) }
      return positions[file].map {
        .object([
          "uri": .text(workspace.uri(of: rulebook.path(of: file))), "range": $0.json(occurrence.place),
        ])
      }
    }
    return .list(locations)
  }

  private func source(_ file: String, in rulebook: RuleWorkspace.Rulebook) -> SourceText? {
    rulebook.sources.first { $0.path == file } ?? workspace.files.resource(file, in: rulebook.folder)
  }

  private mutating func documentSymbols(_ message: IncomingMessage) throws(RPCError) -> JSONValue {
    let document = try workspace.document(try message.text("textDocument", "uri"))
    let (rulebook, name) = workspace.rulebook(of: document)
    var diagnostics: [Diagnostic] = []
    guard let root = YAMLDocument.load(document.source, into: &diagnostics) else { return .list([]) }
    let outline = DocumentOutline(positions: TextPositions(document.source))
    return .list(outline.symbols(root, rulebook.index.files[name] ?? []))
  }

  /// No edits for a file with errors: its messages say why.
  private mutating func formatting(_ message: IncomingMessage) throws(RPCError) -> JSONValue {
    let document = try workspace.document(try message.text("textDocument", "uri"))
    if workspace.rulebook(of: document).rulebook.sources.isEmpty { return .list([]) }
    switch RuleFormat.format(document.source) {
    case .formatted(let text): return .list(TextDifference.edits(from: document.source, to: text))
    case .unreadable: return .list([])
    }
  }

  private mutating func codeActions(_ message: IncomingMessage) throws(RPCError) -> JSONValue {
    let document = try workspace.document(try message.text("textDocument", "uri"))
    let positions = TextPositions(document.source)
    guard let start = positions.position(message.parameters["range"]?["start"]),
      let end = positions.position(message.parameters["range"]?["end"])
    else { throw .parameter("range", of: message.method) }
    let (rulebook, name) = workspace.rulebook(of: document)
    let writer = messages(about: name, in: rulebook)
    let diagnostics = lastDiagnostics(rulebook.folder).filter { diagnostic in
      guard let place = diagnostic.place, place.file == name else { return false }
      return place.start <= end && start <= place.end
    }
    return .list(diagnostics.compactMap(writer.action))
  }
}
