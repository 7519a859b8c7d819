import Diagnostics

extension String {
  /// At most so many Unicode scalars, the last an ellipsis where some are missing.
  func clipped(to limit: Int) -> String {
    // Bytes are counted at once, and there are never fewer than scalars.
    if utf8.count <= limit || unicodeScalars.count <= limit { return self }
    return String(String.UnicodeScalarView(unicodeScalars.prefix(limit - 1))) + "…"
  }

  /// At most so many columns of a terminal, the last an ellipsis where some are missing.
  func clipped(toColumns limit: Int) -> String {
    if columnWidth(of: self) <= limit { return self }
    var result = ""
    var width = 1
    for character in self {
      width += columnWidth(of: String(character))
      if width > limit { break }
      result.append(character)
    }
    return result + "…"
  }
}

extension Int {
  /// With a comma between thousands.
  var grouped: String {
    var digits = String(magnitude)
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits.removeLast(3)
    }
    return (self < 0 ? "-" : "") + ([Substring(digits)] + groups).joined(separator: ",")
  }
}
