import Diagnostics

/// A declaration as an indented text: every property that is set, every located value with its line and column.
func outline(_ value: Any, indent: String = "") -> String {
  switch value {
  case let place as Place: return "\(place.start.line):\(place.start.column)"
  case let text as String: return "\"\(text)\""
  case let text as LocalizedText:
    return text.translations.map { "\($0.language)=\($0.text)" }.joined(separator: " | ")
  default: break
  }
  let mirror = Mirror(reflecting: value)
  switch mirror.displayStyle {
  case .optional: return mirror.children.first.map { outline($0.value, indent: indent) } ?? "nil"
  case .collection:
    return mirror.children.map { "\n\(indent)- \(outline($0.value, indent: indent + "  "))" }.joined()
  case .dictionary: return "\(mirror.children.count) entries"
  case .enum: return enumeration(value, mirror, indent)
  default: return structure(value, mirror, indent)
  }
}

private func enumeration(_ value: Any, _ mirror: Mirror, _ indent: String) -> String {
  guard let payload = mirror.children.first else { return "\(value)" }
  return "\(payload.label ?? "")(\(outline(payload.value, indent: indent)))"
}

private func structure(_ value: Any, _ mirror: Mirror, _ indent: String) -> String {
  guard !mirror.children.isEmpty else { return "\(value)" }
  let properties = mirror.children.filter { !isUnset($0.value) }
  let labels = properties.compactMap(\.label)
  if labels == ["value", "place"] {
    return
      "\(outline(properties[properties.startIndex].value, indent: indent)) @\(outline(properties.last?.value ?? 0))"
  }
  return properties.map { "\($0.label ?? "_"): \(outline($0.value, indent: indent + "  "))" }.joined(
    separator: ", ")
}

private func isUnset(_ value: Any) -> Bool {
  let mirror = Mirror(reflecting: value)
  switch mirror.displayStyle {
  case .optional, .collection: return mirror.children.isEmpty
  default: return value as? Bool == false
  }
}
