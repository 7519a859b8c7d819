/// The name among `candidates` that a person most likely meant by `name`, or nil where none is close.
///
/// Close means at most one edit for every three characters (at least one), where an edit is an insertion, a
/// deletion, a substitution or a swap of neighbours; case is ignored. Ties go to the first candidate.
/// Names over 400 bytes have none: the time grows with name x candidate, and file texts can be of any length.
/// Complexity: O(candidates x name x candidate).
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  guard name.utf8.count <= 400 else { return nil }
  let wanted = name.foldedLetters
  var best: (name: String, distance: Int)?
  for candidate in candidates where candidate != name && candidate.utf8.count <= 400 {
    let letters = candidate.foldedLetters
    let limit = max(1, max(wanted.count, letters.count) / 3)
    guard abs(wanted.count - letters.count) <= limit else { continue }
    let least = min(limit, best.map { $0.distance - 1 } ?? limit)
    if let distance = editDistance(wanted, letters, atMost: least) { best = (candidate, distance) }
  }
  return best?.name
}

extension Diagnostic {
  /// The same with the nearest of `names` as its hint, and as its fix where no other is as near; else with `hint`.
  ///
  /// For a name that stands at its place as it is, or between quotes. Every message about an unknown name gets its suggestion
  /// here.
  public func suggesting(
    _ name: Located<String>, among names: some Sequence<String>, else hint: String? = nil
  ) -> Diagnostic {
    var diagnostic = self
    let names = Array(names)
    guard let nearest = nearestName(to: name.value, among: names) else {
      diagnostic.hint = hint
      return diagnostic
    }
    diagnostic.hint = "did you mean '\(nearest)'?"
    let reversed = nearestName(to: name.value, among: names.reversed())
    if reversed == nearest, nearest.isPlainWord {
      diagnostic.fix = Fix(
        "replace \(quoted(name.value)) by \(quoted(nearest))",
        [Fix.Edit(name.place, replacement: nearest)])
    }
    return diagnostic
  }
}

extension String {
  /// Whether it means the same with and without quotes, in YAML, in a cell and in an expression.
  fileprivate var isPlainWord: Bool {
    let letters = unicodeScalars
    guard let first = letters.first, first.properties.isAlphabetic else { return false }
    return letters.allSatisfy { letter in
      letter.properties.isAlphabetic || ("0"..."9").contains(letter) || letter == "-" || letter == "_"
        || letter == "."
    }
  }
}

/// "did you mean 'x'?" for the nearest of `candidates`, or nil.
public func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
  nearestName(to: name, among: candidates).map { "did you mean '\($0)'?" }
}

extension String {
  /// In lower case.
  fileprivate var foldedLetters: [Unicode.Scalar] {
    let letters = Array(unicodeScalars)
    guard letters.allSatisfy(\.isASCII) else { return Array(lowercased().unicodeScalars) }
    return letters.map { ("A"..."Z").contains($0) ? Unicode.Scalar(UInt8($0.value) | 0x20) : $0 }
  }
}

/// Optimal string alignment distance; nil where it is more than `limit`, which most pairs of names show within a few letters.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], atMost limit: Int) -> Int? {
  var (beforeLast, last) = ([Int](), Array(0...right.count))
  for i in left.indices {
    var row = [i + 1]
    row.reserveCapacity(right.count + 1)
    for j in right.indices {
      let substitution = last[j] + (left[i] == right[j] ? 0 : 1)
      var cost = min(last[j + 1] + 1, row[j] + 1, substitution)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    // A swap reaches over one row, and adds one to what stood there.
    if min(row.min() ?? 0, (last.min() ?? 0) + 1) > limit { return nil }
    (beforeLast, last) = (last, row)
  }
  return last[right.count] <= limit ? last[right.count] : nil
}
