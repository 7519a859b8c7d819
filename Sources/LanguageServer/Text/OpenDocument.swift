import Diagnostics
import LocatedYAML
import PluginProtocol

/// A document as the editor has it, saved or not.
struct OpenDocument {
  /// As the editor spells it.
  let uri: String
  var version: Int
  private(set) var source: SourceText

  init(uri: String, path: String, version: Int, text: String) {
    self.uri = uri
    self.version = version
    source = SourceText(path: path, text: text)
  }

  /// Applies one change: of a range, or of everything where there is none. O(size).
  mutating func apply(_ change: JSONValue) throws(RPCError) {
    guard let text = change["text"]?.text else {
      throw .parameter("contentChanges.text", of: "textDocument/didChange")
    }
    guard let range = change["range"] else {
      source = SourceText(path: source.path, text: text)
      return
    }
    let positions = TextPositions(source)
    guard let start = positions.position(range["start"]), let end = positions.position(range["end"]) else {
      throw .parameter("contentChanges.range", of: "textDocument/didChange")
    }
    let first = positions.lines.offset(of: start)
    let last = max(first, positions.lines.offset(of: end))
    source = SourceText(
      path: source.path, bytes: source.bytes[..<first] + Array(text.utf8) + source.bytes[last...])
  }
}
