import Diagnostics
public import RuleEvaluator
import TicketModel
import WorkingTime

/// Makes the policy book of a rulebook: every rule with its id and place, in words.
///
/// Each chapter is made by an extension in a file of its own; chapters without a rule are left out.
public struct PolicyBook: Sendable {
  let rulebook: Rulebook
  let tag: String
  let words: BookWords
  let cells: CellWords

  public init(_ rulebook: Rulebook, language: String) {
    self.rulebook = rulebook
    tag = language
    words = BookWords(language: Language(tag: language))
    cells = CellWords(rulebook, language: language)
  }

  public var book: Book {
    let title = rulebook.title.text(in: tag) ?? rulebook.name
    let chapters = [
      overview, calendars, fields, priorities, tables, routing, windows, requirements, checks, workflow,
      reviews, notifications, waivers,
    ]
    return Book(
      language: tag, title: words.title(title), origin: words.origin(rulebook.identity),
      contents: words.contents, chapters: chapters.filter { !$0.blocks.isEmpty })
  }

  // MARK: What chapters share

  func rule(_ id: String, _ place: Place) -> Book.Line { rule(id, place, anchor: id) }

  func rule(_ id: String, _ place: Place, anchor: String) -> Book.Line {
    [.rule(id: id, place: place.lineReference, anchor: anchor)]
  }

  func text(_ text: String) -> Book.Line { text.isEmpty ? [] : [.text(text)] }

  /// An expression on one line.
  func code(ofExpression index: Int) -> Book.Line {
    let lines = rulebook.expressions[index].text.split(whereSeparator: \.isNewline)
    return [.code(lines.map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: " "))]
  }

  /// What must hold, a term a line; nothing where nothing must.
  func line(_ condition: Condition, without slot: Int? = nil) -> Book.Line {
    var parts = condition.terms.filter { $0.slot != slot }.map { text(cells.term($0)) }
    if let expression = condition.expression { parts.append(code(ofExpression: expression)) }
    return Array(parts.joined(separator: [.lineBreak]))
  }

  func labels(_ slots: [Int]) -> String {
    slots.map { cells.label(ofSlot: $0) }.joined(separator: words.separator)
  }

  /// A message with its placeholders by the labels of their fields.
  func line(_ message: MessageTemplate?) -> Book.Line {
    guard let message else { return [] }
    let parts = message.segments(in: tag).map { segment in
      switch segment {
      case .text(let text): text
      case .field(let slot): "{\(cells.label(ofSlot: slot))}"
      case .missingField: "{\(words.missingField)}"
      case .notice(let place): "{\(words.placeholder(place))}"
      }
    }
    return text(parts.joined())
  }

  func line(_ recipients: [Recipient]) -> Book.Line {
    let names = recipients.map { recipient in
      switch recipient {
      case .field(let slot): words.whoever(cells.label(ofSlot: slot))
      case .name(let name): name
      default: words.recipient(recipient)
      }
    }
    return text(names.joined(separator: words.separator))
  }

  func channels(_ names: [String]?) -> String { names.map { $0.joined(separator: words.separator) } ?? "" }
}
