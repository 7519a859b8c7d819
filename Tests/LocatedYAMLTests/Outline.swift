import Diagnostics
import LocatedYAML

extension Node {
  /// The node on one line, with every scalar in quotes.
  var outline: String {
    switch content {
    case .scalar(let scalar): "'\(scalar.text)'"
    case .sequence(let items): "[\(items.map(\.outline).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map { "\($0.key.value): \($0.value.outline)" }.joined(separator: ", "))}"
    case .refused: "refused"
    }
  }
}
