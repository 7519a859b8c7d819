import CLibYAML
import Diagnostics

/// One step of libyaml's parser, copied out of its memory.
struct Event {
  enum Kind {
    case streamStart, streamEnd
    case documentStart(hasDirectives: Bool)
    case documentEnd
    case alias
    case scalar(Scalar)
    case sequenceStart, sequenceEnd
    case mappingStart, mappingEnd
  }

  var kind: Kind
  var hasTag = false
  var hasAnchor = false
  var start: Position
  var end: Position
}

/// What libyaml says about a text that it cannot read.
struct SyntaxError: Error {
  var problem: String
  var position: Position
  /// What it was reading ("while parsing a block mapping"), and where that began.
  var context: String
  var contextPosition: Position
}

/// libyaml's parser over bytes that outlive it.
struct EventStream: ~Copyable {
  /// On the heap, because libyaml keeps pointers into it.
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  func next() throws(SyntaxError) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) != 0 else { throw syntaxError }
    defer { yaml_event_delete(&event) }
    return Event(event)
  }

  private var syntaxError: SyntaxError {
    SyntaxError(
      problem: parser.pointee.problem.map { String(cString: $0) } ?? "out of memory",
      position: Position(parser.pointee.problem_mark),
      context: parser.pointee.context.map { String(cString: $0) } ?? "",
      contextPosition: Position(parser.pointee.context_mark))
  }
}

extension Position {
  /// libyaml counts lines and code points from 0.
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}

extension Event {
  fileprivate init(_ event: yaml_event_t) {
    start = Position(event.start_mark)
    end = Position(event.end_mark)
    switch event.type {
    case YAML_STREAM_START_EVENT: kind = .streamStart
    case YAML_DOCUMENT_START_EVENT:
      let document = event.data.document_start
      let hasTags = document.tag_directives.start != document.tag_directives.end
      kind = .documentStart(hasDirectives: document.version_directive != nil || hasTags)
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_ALIAS_EVENT: kind = .alias
    case YAML_SCALAR_EVENT:
      kind = .scalar(Scalar(event.data.scalar))
      hasTag = event.data.scalar.tag != nil
      hasAnchor = event.data.scalar.anchor != nil
    case YAML_SEQUENCE_START_EVENT:
      kind = .sequenceStart
      hasTag = event.data.sequence_start.tag != nil
      hasAnchor = event.data.sequence_start.anchor != nil
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      kind = .mappingStart
      hasTag = event.data.mapping_start.tag != nil
      hasAnchor = event.data.mapping_start.anchor != nil
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    default: kind = .streamEnd
    }
  }
}

extension Scalar {
  fileprivate init(_ scalar: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar) {
    text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
    style =
      switch scalar.style {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
      case YAML_LITERAL_SCALAR_STYLE: .literal
      case YAML_FOLDED_SCALAR_STYLE: .folded
      default: .plain
      }
  }
}
