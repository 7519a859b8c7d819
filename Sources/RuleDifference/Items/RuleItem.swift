import Diagnostics

/// A rule as its keys and their values in words, to be compared with the one of the same id.
struct RuleItem {
  var id: String
  var place: Place?
  /// Nil for a key that is not there.
  var keys: [(name: String, text: String?)]

  /// What came, went or changed between two lists of one section.
  static func changes(_ section: String, _ old: [RuleItem], _ new: [RuleItem]) -> [ItemChange] {
    let before = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let after = Dictionary(new.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let kept = old.compactMap { item in change(section, item, after[item.id]) }
    let added = new.filter { before[$0.id] == nil }.map { item in
      ItemChange(section: section, id: item.id, kind: .added, placeAfter: item.place, details: [])
    }
    return kept + added
  }

  private static func change(_ section: String, _ old: RuleItem, _ new: RuleItem?) -> ItemChange? {
    guard let new else {
      return ItemChange(section: section, id: old.id, kind: .removed, placeBefore: old.place, details: [])
    }
    let details = details(old, new)
    if details.isEmpty { return nil }
    return ItemChange(
      section: section, id: old.id, kind: .changed, placeBefore: old.place, placeAfter: new.place,
      details: details)
  }

  private static func details(_ old: RuleItem, _ new: RuleItem) -> [ItemChange.Detail] {
    let before = Dictionary(old.keys.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    let after = Dictionary(new.keys.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    let names = old.keys.map(\.name) + new.keys.map(\.name).filter { before[$0] == nil }
    return names.compactMap { name in
      let (left, right) = (before[name] ?? nil, after[name] ?? nil)
      return left == right ? nil : ItemChange.Detail(name: name, before: left, after: right)
    }
  }
}
