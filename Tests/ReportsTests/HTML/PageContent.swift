import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What a page holds, read as XML.
final class PageContent: NSObject, XMLParserDelegate {
  struct Row {
    var attributes: [String: String]
    var cells: [String] = []
  }

  private(set) var isWellFormed = false
  private(set) var elements: [String: Int] = [:]
  private(set) var attributes: Set<String> = []
  /// By the id of the table, the first row its heads.
  private(set) var tables: [String: [Row]] = [:]
  /// The text of elements that have an id, and of the first of each element.
  private(set) var texts: [String: String] = [:]
  /// The names and values of lists such as counts.
  private(set) var definitions: [String: String] = [:]
  /// All texts of paragraphs.
  private(set) var paragraphs: [String] = []
  /// All values that filters offer, with their labels.
  private(set) var options: [String] = []

  private var open: [(name: String, id: String?, text: String)] = []
  private var table = ""
  private var term = ""

  init(_ page: String) {
    super.init()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  /// The rows of a table, without its heads.
  func rows(_ table: String) -> [Row] { Array((tables["\(table)-table"] ?? []).dropFirst()) }

  /// What stands in one column of a table.
  func column(_ head: String, of table: String) -> [String] {
    guard let index = tables["\(table)-table"]?.first?.cells.firstIndex(of: head) else { return [] }
    return rows(table).map { $0.cells[index] }
  }

  /// What a chart says in words, one bar each.
  func values(of chart: String) -> [String] {
    (texts["\(chart)-values"] ?? "").components(separatedBy: "; ").filter { !$0.isEmpty }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes given: [String: String] = [:]
  ) {
    elements[name, default: 0] += 1
    attributes.formUnion(given.keys)
    open.append((name, given["id"], ""))
    if name == "table" { table = given["id"] ?? "" }
    if name == "tr" { tables[table, default: []].append(Row(attributes: given)) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    for index in open.indices { open[index].text += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard let (name, id, text) = open.popLast() else { return }
    if let id { texts[id] = text }
    if texts[name] == nil { texts[name] = text }
    switch name {
    case "td", "th":
      let last = (tables[table]?.count ?? 1) - 1
      tables[table]?[last].cells.append(text)
    case "dt": term = text
    case "dd": definitions[term] = text
    case "p": paragraphs.append(text)
    case "option": options.append(text)
    default: break
    }
  }
}
