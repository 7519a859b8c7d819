/// A name in which `*` stands for any text, also none.
struct NamePattern: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  var hasStar: Bool { text.contains("*") }

  /// O(pattern x name) at the worst: on a mismatch the last star takes in one character more.
  func matches(_ name: String) -> Bool {
    if !hasStar { return text == name }
    var (pattern, rest) = (Array(text.unicodeScalars)[...], Array(name.unicodeScalars)[...])
    var retry: (pattern: ArraySlice<Unicode.Scalar>, rest: ArraySlice<Unicode.Scalar>)?
    while let next = rest.first {
      if pattern.first == "*" {
        pattern = pattern.dropFirst()
        retry = (pattern, rest)
      } else if pattern.first == next {
        (pattern, rest) = (pattern.dropFirst(), rest.dropFirst())
      } else if let last = retry {
        retry = (last.pattern, last.rest.dropFirst())
        (pattern, rest) = (last.pattern, last.rest.dropFirst())
      } else {
        return false
      }
    }
    return pattern.allSatisfy { $0 == "*" }
  }
}
