#if Curl
  import Diagnostics
  import PluginAPI
  import PluginProtocol

  /// A JSON value whose texts hold placeholders such as `{title}`; `{{` and `}}` are braces.
  indirect enum JSONTemplate: Sendable {
    case constant(JSONValue)
    case text([Piece])
    case list([JSONTemplate])
    case object([String: JSONTemplate])

    enum Piece: Sendable {
      case literal(String)
      case placeholder(Placeholder)
    }

    /// The parts of a delivery that can be filled in.
    enum Placeholder: String, Sendable, CaseIterable {
      case key, notice, ticket, rule, place, to, title, body, severity
    }

    /// What is wrong with a template, and where in it (RFC 6901).
    struct Problem: Error, Hashable, Sendable {
      var message: String
      var hint: String
      var pointer: String
    }

    init(_ value: PluginConfiguration.Value, pointer: String = "") throws(Problem) {
      switch value {
      case .boolean, .number: self = .constant(JSONValue(value))
      case .text(let text): self = .text(try Self.pieces(of: text, pointer))
      case .list(let values):
        var items = [JSONTemplate]()
        for (index, item) in values.enumerated() {
          items.append(try JSONTemplate(item, pointer: "\(pointer)/\(index)"))
        }
        self = .list(items)
      case .object(let values):
        var members = [String: JSONTemplate]()
        for (name, member) in values.sorted(by: { $0.key < $1.key }) {
          let part = name.replacing("~", with: "~0").replacing("/", with: "~1")
          members[name] = try JSONTemplate(member, pointer: "\(pointer)/\(part)")
        }
        self = .object(members)
      }
    }

    func filled(with delivery: Delivery) -> JSONValue {
      switch self {
      case .constant(let value): value
      case .text(let pieces): .text(pieces.map { $0.text(of: delivery) }.joined())
      case .list(let items): .list(items.map { $0.filled(with: delivery) })
      case .object(let members): .object(members.mapValues { $0.filled(with: delivery) })
      }
    }

    private static func pieces(of text: String, _ pointer: String) throws(Problem) -> [Piece] {
      var pieces = [Piece]()
      var literal = ""
      var rest = Substring(text)
      while let character = rest.popFirst() {
        guard character == "{" || character == "}" else {
          literal.append(character)
          continue
        }
        if rest.first == character {
          literal.append(character)
          rest.removeFirst()
        } else if character == "{", let end = rest.firstIndex(of: "}") {
          pieces.append(.literal(literal))
          literal = ""
          pieces.append(.placeholder(try placeholder(rest[..<end], pointer)))
          rest = rest[rest.index(after: end)...]
        } else {
          throw Problem(
            message: Wording.singleBrace(character), hint: Wording.singleBraceHint(character),
            pointer: pointer)
        }
      }
      return pieces + [.literal(literal)]
    }

    private static func placeholder(_ name: Substring, _ pointer: String) throws(Problem) -> Placeholder {
      if let placeholder = Placeholder(rawValue: String(name)) { return placeholder }
      let known = Placeholder.allCases.map(\.rawValue)
      throw Problem(
        message: Wording.unknownPlaceholder(String(name)),
        hint: suggestion(for: String(name), among: known) ?? Wording.placeholders(known), pointer: pointer)
    }
  }

  extension JSONTemplate.Piece {
    fileprivate func text(of delivery: Delivery) -> String {
      switch self {
      case .literal(let text): text
      case .placeholder(let placeholder): placeholder.text(of: delivery)
      }
    }
  }

  extension JSONTemplate.Placeholder {
    fileprivate func text(of delivery: Delivery) -> String {
      switch self {
      case .key: delivery.key
      case .notice: delivery.notice
      case .ticket: delivery.ticket
      case .rule: delivery.rule
      case .place: delivery.place
      case .to: delivery.to.joined(separator: ", ")
      case .title: delivery.title
      case .body: delivery.body
      case .severity: delivery.severity.rawValue
      }
    }
  }
#endif
