/// Finds names in conditions and templates, whether or not the whole can be parsed.
enum ExpressionNames {
  struct Name {
    var text: String
    /// In code points.
    var range: Range<Int>
  }

  /// The names of a condition, with the members that follow them: `contact.name` in `has(contact.name)`.
  static func inExpression(_ text: String) -> [Name] {
    let scalars = Array(text.unicodeScalars)
    var names: [Name] = []
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if scalar == "'" || scalar == "\"" {
        index = endOfText(scalars, index)
      } else if scalar == "/", index + 1 < scalars.count, scalars[index + 1] == "/" {
        while index < scalars.count, scalars[index] != "\n" { index += 1 }
      } else if isLetter(scalar) {
        let end = endOfName(scalars, index)
        if index == 0 || scalars[index - 1] != "." { names.append(name(scalars, index..<end)) }
        index = end
      } else if ("0"..."9").contains(scalar) {
        while index < scalars.count, isLetter(scalars[index]) || ("0"..."9").contains(scalars[index]) {
          index += 1
        }
      } else {
        index += 1
      }
    }
    return names
  }

  /// The names between braces.
  static func inTemplate(_ text: String) -> [Name] {
    let scalars = Array(text.unicodeScalars)
    var names: [Name] = []
    var start: Int?
    for (index, scalar) in scalars.enumerated() {
      if scalar == "{" {
        start = index + 1
      } else if scalar == "}", let first = start {
        if first < index { names.append(name(scalars, first..<index)) }
        start = nil
      }
    }
    return names
  }

  private static func name(_ scalars: [Unicode.Scalar], _ range: Range<Int>) -> Name {
    Name(text: String(String.UnicodeScalarView(scalars[range])), range: range)
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private static func endOfName(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
    var index = start
    while index < scalars.count {
      let scalar = scalars[index]
      let isDot = scalar == "." && index + 1 < scalars.count && isLetter(scalars[index + 1])
      guard isDot || isLetter(scalar) || ("0"..."9").contains(scalar) else { break }
      index += 1
    }
    return index
  }

  private static func endOfText(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
    var index = start + 1
    while index < scalars.count, scalars[index] != scalars[start] { index += scalars[index] == "\\" ? 2 : 1 }
    return index + 1
  }
}
