import Diagnostics
import LocatedYAML

extension Node {
  var entries: [Entry]? {
    guard case .mapping(let entries) = content else { return nil }
    return entries
  }

  var items: [Node]? {
    guard case .sequence(let items) = content else { return nil }
    return items
  }

  var text: String? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar.text
  }

  /// The value of `key`; of two the first, for the second is reported already.
  subscript(_ key: String) -> Node? { entries?.first { $0.key.value == key }?.value }
}
