import PluginProtocol

/// An error of JSON-RPC 2.0 or of the Language Server Protocol, and its words.
public struct RPCError: Error, Hashable, Sendable {
  public var code: Int
  public var message: String

  static let notJSON = RPCError(code: -32700, message: "the message is no JSON")
  static let noLength = RPCError(code: -32700, message: "the header has no Content-Length")
  static let notARequest = RPCError(code: -32600, message: "the message is no request of JSON-RPC 2.0")
  static let alreadyInitialized = RPCError(code: -32600, message: "the server is initialized already")
  static let shutDown = RPCError(code: -32600, message: "the server was shut down")
  static let notInitialized = RPCError(code: -32002, message: "the first request must be 'initialize'")
  static let cancelled = RPCError(code: -32800, message: "the request was cancelled")

  static func tooLarge(_ size: Int) -> RPCError {
    RPCError(code: -32600, message: "a message of \(size) bytes is too large")
  }

  static func unknownMethod(_ name: String) -> RPCError {
    RPCError(code: -32601, message: "there is no method '\(name)'")
  }

  static func parameter(_ name: String, of method: String) -> RPCError {
    RPCError(code: -32602, message: "'\(method)' needs '\(name)'")
  }

  static func notOpen(_ uri: String) -> RPCError {
    RPCError(code: -32602, message: "the document '\(uri)' is not open")
  }

  var json: JSONValue {
    .object(["code": .number(Double(code)), "message": .text(message)])
  }
}

/// A message of JSON-RPC 2.0 that came in.
struct IncomingMessage {
  /// Of a request, a number or a text; nil for a notification.
  var id: JSONValue?
  var method: String
  var parameters: JSONValue

  /// Nil for an answer of the client's to a request of ours: we send none that needs one.
  init?(_ value: JSONValue) throws(RPCError) {
    guard case .object(let members) = value, members["jsonrpc"]?.text == "2.0" else { throw .notARequest }
    let id = members["id"]
    guard let method = members["method"]?.text else {
      if id != nil, members["result"] != nil || members["error"] != nil { return nil }
      throw .notARequest
    }
    switch id {
    case nil, .number, .text: break
    default: throw .notARequest
    }
    self.id = id
    self.method = method
    parameters = members["params"] ?? .null
  }

  func text(_ path: String...) throws(RPCError) -> String {
    var value: JSONValue? = parameters
    for name in path { value = value?[name] }
    guard let text = value?.text else { throw .parameter(path.joined(separator: "."), of: method) }
    return text
  }
}

extension JSONValue {
  static func answer(_ result: JSONValue, to id: JSONValue) -> JSONValue {
    .object(["jsonrpc": .text("2.0"), "id": id, "result": result])
  }

  static func refusal(_ error: RPCError, to id: JSONValue?) -> JSONValue {
    .object(["jsonrpc": .text("2.0"), "id": id ?? .null, "error": error.json])
  }

  static func notification(_ method: String, _ parameters: JSONValue) -> JSONValue {
    .object(["jsonrpc": .text("2.0"), "method": .text(method), "params": parameters])
  }

  static func integer(_ value: Int) -> JSONValue { .number(Double(value)) }
}
