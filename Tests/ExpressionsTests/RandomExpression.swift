/// Makes sound expressions over `TicketSchema`: names, types and presence are right, values are any.
struct RandomExpression {
  private enum Kind: CaseIterable { case bool, int, double, text, time, duration, texts, ints }

  private var generator: SeededGenerator
  private var locals: [(name: String, kind: Kind)] = []

  init(_ generator: SeededGenerator) { self.generator = generator }

  mutating func next() -> String { expression(Kind.allCases.randomElement(using: &generator) ?? .bool, 4) }

  private mutating func pick(_ values: [String]) -> String { values.randomElement(using: &generator) ?? "" }

  private mutating func expression(_ kind: Kind, _ depth: Int) -> String {
    if depth == 0 || Int.random(in: 0..<5, using: &generator) == 0 { return leaf(kind) }
    switch Int.random(in: 0..<12, using: &generator) {
    case 0:
      return
        "(\(expression(.bool, depth - 1)) ? \(expression(kind, depth - 1)) : \(expression(kind, depth - 1)))"
    case 1: return bound(kind, depth)
    case 2:
      return "[\(expression(kind, depth - 1)), \(expression(kind, depth - 1))][\(pick(["0", "1", "2"]))]"
    case 3: return "{'a': \(expression(kind, depth - 1))}.\(pick(["a", "b"]))"
    default: return compound(kind, depth - 1)
    }
  }

  private mutating func leaf(_ kind: Kind) -> String {
    let names = locals.filter { $0.kind == kind }.map(\.name)
    if !names.isEmpty, Bool.random(using: &generator) { return pick(names) }
    switch kind {
    case .bool: return pick(["true", "false", "is_vip", "has(urgency)", "has(limit)", "type == 'fault'"])
    case .int: return pick(["0", "1", "-3", "9223372036854775807", "affected_users", "limit.orValue(2)"])
    case .double: return pick(["0.5", "1e308", "-0.0", "score"])
    case .text: return pick(["''", "'a'", "'登录'", "id", "description", "type", "urgency.orValue('low')"])
    case .time: return pick(["now", "submitted_at", "timestamp('2026-03-01T00:00:00Z')"])
    case .duration: return pick(["effort", "duration('1h')", "duration('-1ns')"])
    case .texts: return pick(["tags", "['']", "['a', '登', id]"])
    case .ints: return pick(["[0]", "[1, 2]", "[affected_users]"])
    }
  }

  /// A name that a macro binds, and an expression with it.
  private mutating func bound(_ kind: Kind, _ depth: Int) -> String {
    let inner = Kind.allCases.randomElement(using: &generator) ?? .int
    let value = expression(inner, depth - 1)
    let name = "v\(locals.count)"
    locals.append((name, inner))
    defer { locals.removeLast() }
    return "cel.bind(\(name), \(value), \(expression(kind, depth - 1)))"
  }

  private mutating func loop(_ list: Kind, _ element: Kind, _ macro: String, _ body: Kind, _ depth: Int)
    -> String
  {
    let range = expression(list, depth)
    let name = "v\(locals.count)"
    locals.append((name, element))
    defer { locals.removeLast() }
    return "\(range).\(macro)(\(name), \(expression(body, depth)))"
  }

  private mutating func compound(_ kind: Kind, _ depth: Int) -> String {
    switch kind {
    case .bool: return condition(depth)
    case .int: return integer(depth)
    case .double: return number(depth)
    case .text: return text(depth)
    case .time: return "(\(expression(.time, depth)) \(pick(["+", "-"])) \(expression(.duration, depth)))"
    case .duration: return duration(depth)
    case .texts: return texts(depth)
    case .ints: return integers(depth)
    }
  }

  private mutating func condition(_ depth: Int) -> String {
    let sign = pick(["==", "!=", "<", "<=", ">", ">="])
    switch Int.random(in: 0..<10, using: &generator) {
    case 0, 1: return "(\(expression(.bool, depth)) \(pick(["&&", "||"])) \(expression(.bool, depth)))"
    case 2: return "!(\(expression(.bool, depth)))"
    case 3:
      let kind: Kind = [.int, .double, .time, .duration].randomElement(using: &generator) ?? .int
      return "(\(expression(kind, depth)) \(sign) \(expression(kind, depth)))"
    case 4: return "(\(pick(["id", "'a' + description", "''"])) in \(expression(.texts, depth)))"
    case 5:
      let name = pick(["contains", "startsWith", "endsWith", "matches"])
      let part = name == "matches" ? pick(["'a|录'", "'^.*$'", "'[0-9]+'"]) : expression(.text, depth)
      return "\(expression(.text, depth)).\(name)(\(part))"
    case 6: return loop(.texts, .text, pick(["all", "exists", "exists_one"]), .bool, depth)
    case 7: return loop(.ints, .int, pick(["all", "exists"]), .bool, depth)
    case 8: return "(\(expression(.ints, depth)) \(pick(["==", "!="])) \(expression(.ints, depth)))"
    default: return "(\(expression(.int, depth)) in \(expression(.ints, depth)))"
    }
  }

  private mutating func integer(_ depth: Int) -> String {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0, 1:
      return "(\(expression(.int, depth)) \(pick(["+", "-", "*", "/", "%"])) \(expression(.int, depth)))"
    case 2: return "size(\(expression(Bool.random(using: &generator) ? .text : .texts, depth)))"
    case 3:
      return "\(expression(.text, depth)).\(pick(["indexOf", "lastIndexOf"]))(\(expression(.text, depth)))"
    case 4:
      return
        "\(expression(.time, depth)).\(pick(["getFullYear()", "getHours('Asia/Shanghai')", "getDate()"]))"
    default:
      return "int(\(expression([.double, .text, .time].randomElement(using: &generator) ?? .text, depth)))"
    }
  }

  private mutating func number(_ depth: Int) -> String {
    switch Int.random(in: 0..<4, using: &generator) {
    case 0, 1:
      return "(\(expression(.double, depth)) \(pick(["+", "-", "*", "/"])) \(expression(.double, depth)))"
    case 2: return "double(\(expression(.int, depth)))"
    default: return "math.\(pick(["ceil", "round", "abs"]))(\(expression(.double, depth)))"
    }
  }

  private mutating func text(_ depth: Int) -> String {
    switch Int.random(in: 0..<7, using: &generator) {
    case 0, 1: return "(\(expression(.text, depth)) + \(expression(.text, depth)))"
    case 2: return "\(expression(.texts, depth)).join(\(expression(.text, depth)))"
    case 3:
      return
        "\(expression(.text, depth)).replace(\(expression(.text, depth)), \(expression(.text, depth)))"
    case 4:
      return
        "string(\(expression([.int, .double, .time, .duration].randomElement(using: &generator) ?? .int, depth)))"
    case 5:
      return
        "'%s: %d %.3f'.format([\(expression(.text, depth)), \(expression(.int, depth)), \(expression(.double, depth))])"
    default:
      return
        "\(expression(.text, depth)).\(pick(["trim()", "reverse()", "upperAscii()", "substring(1)", "charAt(0)"]))"
    }
  }

  private mutating func duration(_ depth: Int) -> String {
    Bool.random(using: &generator)
      ? "(\(expression(.time, depth)) - \(expression(.time, depth)))"
      : "(\(expression(.duration, depth)) \(pick(["+", "-"])) \(expression(.duration, depth)))"
  }

  private mutating func texts(_ depth: Int) -> String {
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return "(\(expression(.texts, depth)) + \(expression(.texts, depth)))"
    case 1: return "\(expression(.text, depth)).split(\(expression(.text, depth)))"
    case 2: return loop(.texts, .text, "filter", .bool, depth)
    default: return loop(.texts, .text, "map", .text, depth)
    }
  }

  private mutating func integers(_ depth: Int) -> String {
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: return "(\(expression(.ints, depth)) + \(expression(.ints, depth)))"
    case 1: return loop(.texts, .text, "map", .int, depth)
    default: return loop(.ints, .int, "map", .int, depth)
    }
  }
}
