import Expressions
import Foundation
import Testing

/// One case of cel-spec's conformance suite as JSON.
struct ConformanceCase: Sendable, CustomTestStringConvertible {
  enum Expectation: Sendable {
    case value(Value)
    case type(Type)
    case error
  }

  var file: String
  var section: String
  var name: String
  var expression: String
  var container: String
  var isChecked: Bool
  var isOnlyChecked: Bool
  var expandsMacros: Bool
  var variables: [Variable]
  var values: [Value?]
  var functions: [(name: String, signatures: [FunctionSignature])]
  var expectations: [Expectation]

  var id: String { "\(file)/\(section)/\(name)" }
  var testDescription: String { "\(id): \(expression)" }
}

/// Reads the files of cases.
struct ConformanceReader {
  struct Malformed: Error { var what: String }

  static var folder: URL {
    let environment = ProcessInfo.processInfo.environment["DOCKET_CONFORMANCE"]
    return URL(fileURLWithPath: environment ?? "../shared/conformance").appendingPathComponent("cel")
  }

  static func cases() throws -> [ConformanceCase] {
    let files =
      (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return try files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }.flatMap(cases)
  }

  private static func cases(_ file: URL) throws -> [ConformanceCase] {
    guard let list = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [[String: Any]] else {
      throw Malformed(what: file.path)
    }
    return try list.map { try read($0, file.deletingPathExtension().lastPathComponent) }
  }

  private static func read(_ json: [String: Any], _ file: String) throws -> ConformanceCase {
    let isChecked = json["disable_check"] as? Bool != true
    var types: [String: Type] = [:]
    var functions: [(String, [FunctionSignature])] = []
    for declaration in json["declare"] as? [[String: Any]] ?? [] {
      let name = try text(declaration["name"])
      if let overloads = declaration["overloads"] as? [[String: Any]] {
        functions.append((name, try overloads.map(signature)))
      } else {
        types[name] = try type(declaration["type"])
      }
    }
    let bindings = try (json["bind"] as? [String: Any] ?? [:]).mapValues(value)
    if !isChecked { types.merge(bindings.mapValues { _ in .dyn }) { declared, _ in declared } }
    let names = types.keys.sorted()
    return ConformanceCase(
      file: file, section: try text(json["section"]), name: try text(json["name"]),
      expression: try text(json["expr"]), container: json["container"] as? String ?? "", isChecked: isChecked,
      isOnlyChecked: json["check_only"] as? Bool == true,
      expandsMacros: json["disable_macros"] as? Bool != true,
      variables: names.enumerated().map { Variable($1, types[$1] ?? .dyn, slot: $0) },
      values: names.map { bindings[$0] }, functions: functions, expectations: try expectations(json["expect"])
    )
  }

  private static func expectations(_ json: Any?) throws -> [ConformanceCase.Expectation] {
    guard let json = json as? [String: Any] else { throw Malformed(what: "expect") }
    var expectations: [ConformanceCase.Expectation] = []
    if let it = json["value"] { expectations.append(.value(try value(it))) }
    if let it = json["type"] { expectations.append(.type(try type(it))) }
    if json["error"] != nil { expectations.append(.error) }
    return expectations
  }

  private static func text(_ json: Any?) throws -> String {
    guard let text = json as? String else { throw Malformed(what: "text: \(String(describing: json))") }
    return text
  }

  private static func signature(_ json: [String: Any]) throws -> FunctionSignature {
    var parameters: [String] = []
    return FunctionSignature(
      try (json["params"] as? [Any] ?? []).map { try type($0, &parameters) },
      try type(json["result"], &parameters), isMember: json["member"] as? Bool == true)
  }

  private static func type(_ json: Any?) throws -> Type {
    var parameters: [String] = []
    return try type(json, &parameters)
  }

  private static let types: [String: Type] = [
    "dyn": .dyn, "null": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double,
    "string": .string,
    "bytes": .bytes, "timestamp": .timestamp, "duration": .duration, "type": .type,
    "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration, "any": .dyn,
  ]

  private static func type(_ json: Any?, _ parameters: inout [String]) throws -> Type {
    if let name = json as? String, let type = types[name] { return type }
    guard let json = json as? [String: Any] else {
      throw Malformed(what: "type: \(String(describing: json))")
    }
    if let element = json["list"] { return .list(try type(element, &parameters)) }
    if let parts = json["map"] as? [Any], parts.count == 2 {
      return .map(try type(parts[0], &parameters), try type(parts[1], &parameters))
    }
    if let name = json["abstract"] as? String {
      let parts = try (json["of"] as? [Any] ?? []).map { try type($0, &parameters) }
      return name == "optional_type" ? .optional(parts.first ?? .dyn) : .abstract(name, parts)
    }
    if let name = json["param"] as? String {
      if let index = parameters.firstIndex(of: name) { return .parameter(index) }
      parameters.append(name)
      return .parameter(parameters.count - 1)
    }
    if json["type"] != nil { return .type }
    throw Malformed(what: "type: \(json)")
  }

  private static func value(_ json: Any) throws -> Value {
    guard let json = json as? [String: Any], let (tag, content) = json.first, json.count == 1 else {
      throw Malformed(what: "value: \(json)")
    }
    switch tag {
    case "null": return .null
    case "bool": return .bool(content as? Bool == true)
    case "int": return .int(Int64(try text(content)) ?? 0)
    case "uint": return .uint(UInt64(try text(content)) ?? 0)
    case "double": return .double(Double(try text(content)) ?? .nan)
    case "string": return .string(try text(content))
    case "bytes": return .bytes(bytes(try text(content)))
    case "type": return .type(TypeName(try text(content)))
    case "list": return .list(try (content as? [Any] ?? []).map(value))
    case "map":
      return .map(MapValue(try (content as? [[Any]] ?? []).map { (try value($0[0]), try value($0[1])) }))
    case "timestamp": return .timestamp(try #require(Timestamp(Text(try text(content)))))
    case "duration": return .duration(try duration(try text(content)))
    default: throw Malformed(what: "value: \(json)")
    }
  }

  private static func duration(_ text: String) throws -> Int64 {
    let outcome = try Program("duration('\(text)')", in: Environment()).evaluate(ValueSlots([]))
    guard case .success(.duration(let duration)) = outcome else { throw Malformed(what: "duration: \(text)") }
    return duration
  }

  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)
    }
  }
}
