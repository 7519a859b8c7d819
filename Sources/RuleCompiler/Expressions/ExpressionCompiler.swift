import Diagnostics
import Expressions
import LocatedYAML
import RuleEvaluator
import RuleSyntax
import TicketModel
import WorkingTime

/// What the names that expressions may use depend on: each name that is declared takes a slot.
struct EnvironmentKey: Hashable {
  var slotCount: Int
  var overHistory: Bool
}

/// CEL expressions: checked against the fields and the outputs of tables when the rules load.
extension RulebookCompiler {
  /// The index of the compiled expression; nil where it was reported.
  ///
  /// - Parameters:
  ///   - owner: the id of the rule that it belongs to.
  ///   - expected: the type that its value must have; nil for any.
  ///   - overHistory: whether only the ticket's own fields may be read, since it is asked of earlier instants, too.
  mutating func compileExpression(
    _ text: Located<String>, of owner: String, expected: Type? = .bool, overHistory: Bool = false
  ) -> Int? {
    do throws(ExpressionProblems) {
      let environment = environment(for: text.value, overHistory: overHistory)
      let program = try Program(text.value, in: environment, expected: expected)
      expressions.append(RuleExpression(rule: owner, place: text.place, program: program))
      return expressions.count - 1
    } catch {
      for problem in error.problems { report(problem, in: text) }
      return nil
    }
  }

  /// The names that expressions may use: every field and output, and `now`.
  mutating func environment(for text: String, overHistory: Bool) -> Environment {
    var environment = declared(overHistory: overHistory)
    let zones = zones(in: text)
    environment.zoneOffset = { name, seconds in
      zones[name].map { Int($0.offset(at: Instant(milliseconds: seconds &* 1000))) }
    }
    return environment
  }

  /// The same for every expression until a table declares a further name: made anew for each of 20 checks, it took a sixth of the
  /// time in which the reference rules load.
  private mutating func declared(overHistory: Bool) -> Environment {
    let key = EnvironmentKey(slotCount: scope.slotCount, overHistory: overHistory)
    if let environment = environments[key] { return environment }
    var variables = scope.names.compactMap { name in variable(name, overHistory) }
    for index in variables.indices {
      variables[index].otherSpellings = scope[variables[index].name]?.type.otherSpellings ?? [:]
    }
    variables.append(Variable("now", .timestamp, slot: scope.nowSlot))
    var environment = Environment(variables)
    environment.limits = .rules
    environments[key] = environment
    return environment
  }

  private func variable(_ name: String, _ overHistory: Bool) -> Variable? {
    guard let entry = scope[name] else { return nil }
    if overHistory, entry.isDecided {
      return scope.field(name).map { slot, field in
        Variable(
          name, field.type.celType, slot: slot, isOptional: !field.isRequired, choices: field.type.choiceKeys,
          isMasked: field.holdsMasked, bounds: field.bounds)
      }
    }
    let own = entry.isDecided ? nil : scope.field(name)?.field
    return Variable(
      name, entry.type.celType, slot: entry.slot, isOptional: !entry.isRequired && !entry.isDecided,
      choices: entry.type.choiceKeys, isMasked: own?.holdsMasked == true, bounds: own?.bounds ?? SizeBounds())
  }

  /// The time zones that an expression names between quotes: looked up now, since evaluation reads no files.
  private func zones(in text: String) -> [String: TimeZoneRules] {
    var zones: [String: TimeZoneRules] = [:]
    for name in text.split(whereSeparator: { $0 == "'" || $0 == "\"" }) {
      guard name.contains("/") || name == "UTC" else { continue }
      zones[String(name)] = findTimeZone(String(name))
    }
    return zones
  }

  /// The index of an expression that belongs to no rule; nil where it was reported.
  mutating func compileTrial(_ expression: SourceText) -> Int? {
    let text = String(decoding: expression.bytes, as: UTF8.self)
    let start = Position(line: 1, column: 1)
    let place = Place(file: expression.path, start: start, end: start)
    do throws(ExpressionProblems) {
      let environment = environment(for: text, overHistory: false)
      let program = try Program(text, in: environment)
      expressions.append(RuleExpression(rule: expression.path, place: place, program: program))
      return expressions.count - 1
    } catch {
      for problem in error.problems {
        report(
          Diagnostic(
            problem.code, .error, problem.message, at: expression.place(of: problem.range), hint: problem.hint
          ))
      }
      return nil
    }
  }

  private mutating func report(_ problem: ExpressionProblem, in text: Located<String>) {
    let place = place(of: problem.range, in: text)
    let diagnostic = Diagnostic(problem.code, .error, problem.message, at: place, hint: problem.hint)
    let name = String(decoding: Array(text.value.utf8)[problem.range], as: UTF8.self)
    let suggested = diagnostic.suggesting(Located(name, at: place), among: problem.candidates)
    report(suggested.hint == diagnostic.hint ? suggested : diagnostic)
  }

  /// Where a stretch of the expression's UTF-8 stands in its file.
  private func place(of range: Range<Int>, in text: Located<String>) -> Place {
    guard let file = files.first(where: { $0.path == text.place.file }) else { return text.place }
    let utf8 = text.value.utf8
    func characters(before offset: Int) -> Int { utf8.prefix(offset).count { $0 & 0xC0 != 0x80 } }
    let first = characters(before: range.lowerBound)
    let last = max(first, characters(before: range.upperBound))
    return LineIndex(file).place(of: first..<max(last, first + 1), in: text)
  }
}

extension Limits {
  /// What a rule's expression may take. A rule that loads keeps to the steps that one evaluation may take, so that it
  /// runs out of them at most where a ticket is larger than its fields declare, or than is assumed where they say
  /// nothing.
  ///
  /// A million steps are about a tenth of a second (Kubernetes takes the same number for one validation rule) and bound
  /// what an evaluation can build up to some 30 MB. What is assumed lets any function go once through a list of texts:
  /// a tenth of the largest record, 8 MiB.
  static var rules: Limits {
    var limits = Limits()
    limits.textLength = 8192
    limits.listSize = 100
    limits.steps = 1_000_000
    limits.staticCost = limits.steps
    return limits
  }
}

extension Field {
  /// Whether its value, or a part of it, is masked.
  fileprivate var holdsMasked: Bool { isMasked || type.holdsMasked }

  fileprivate var bounds: SizeBounds { type.bounds(size) }
}

extension FieldType {
  fileprivate var holdsMasked: Bool {
    switch self {
    case .list(let element): element.holdsMasked
    case .object(let schema): schema.fields.contains { $0.holdsMasked }
    default: false
    }
  }

  fileprivate func bounds(_ size: FieldSize) -> SizeBounds {
    switch self {
    case .list(let element): SizeBounds(maximum: size.maximum, element: element.bounds(size.element))
    case .object(let schema):
      SizeBounds(
        members: Dictionary(
          schema.fields.map { ($0.name, $0.bounds) }, uniquingKeysWith: { first, _ in first }))
    default: SizeBounds(maximum: size.maximum)
    }
  }

  /// The type of the values that expressions see.
  fileprivate var celType: Type {
    switch self {
    case .text, .date, .choice: .string
    case .integer: .int
    case .number: .double
    case .boolean: .bool
    case .instant: .timestamp
    case .duration: .duration
    case .list(let element): .list(element.celType)
    case .object(let schema):
      .record(
        Type.Record(
          schema.fields.map { Type.Record.Field($0.name, $0.type.celType, isOptional: !$0.isRequired) }))
    }
  }

  /// Labels and aliases of a choice's values, and their keys.
  fileprivate var otherSpellings: [String: String] {
    guard case .choice(let domain) = self else { return [:] }
    return Dictionary(
      domain.choices.flatMap { choice in choice.spellings.dropFirst().map { ($0, choice.key) } },
      uniquingKeysWith: { first, _ in first })
  }

  fileprivate var choiceKeys: [String] {
    if case .choice(let domain) = self { domain.keys } else { [] }
  }

  /// The type of field whose cells can speak about values of a CEL type; nil where no cell can.
  init?(_ type: Type) {
    switch type {
    case .bool: self = .boolean
    case .int, .uint: self = .integer
    case .double: self = .number
    case .string: self = .text
    case .timestamp: self = .instant
    case .duration: self = .duration
    default: return nil
    }
  }
}
