/// The name among `candidates` that a person most likely meant by `name`, or nil where none is close.
///
/// Close means at most one edit for every three characters (at least one), where an edit is an insertion, a
/// deletion, a substitution or a swap of neighbours; case is ignored. Ties go to the first candidate.
/// Names over 400 bytes have none: the time grows with name x candidate, and file texts can be of any length.
/// Complexity: O(candidates x name x candidate).
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  guard name.utf8.count <= 400 else { return nil }
  let wanted = Array(name.lowercased().unicodeScalars)
  var best: (name: String, distance: Int)?
  for candidate in candidates where candidate != name && candidate.utf8.count <= 400 {
    let letters = Array(candidate.lowercased().unicodeScalars)
    let limit = max(1, max(wanted.count, letters.count) / 3)
    guard abs(wanted.count - letters.count) <= limit else { continue }
    let distance = editDistance(wanted, letters)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// "did you mean 'x'?" for the nearest of `candidates`, or nil.
public func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
  nearestName(to: name, among: candidates).map { "did you mean '\($0)'?" }
}

/// Optimal string alignment distance.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforeLast = [Int]()
  var last = Array(0...right.count)
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
    (beforeLast, last) = (last, row)
  }
  return last[right.count]
}
