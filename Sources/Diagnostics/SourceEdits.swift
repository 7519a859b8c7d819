extension SourceText {
  /// The offset of a position's byte; the end of a line or of the file for what lies behind it. O(size of the file).
  public func offset(of position: Position) -> Int {
    var start = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    for _ in 1..<max(1, position.line) {
      guard let end = bytes[start...].firstIndex(of: 0x0A) else { return bytes.count }
      start = end + 1
    }
    var column = 1
    while start < bytes.count, bytes[start] != 0x0A {
      // A character begins at every byte that does not go on with another.
      if bytes[start] & 0xC0 != 0x80 {
        if column >= position.column { break }
        column += 1
      }
      start += 1
    }
    return start
  }

  /// The file with `edits` made; those of other files are left out. Nil where two of them overlap.
  ///
  /// `docket lint --fix` and the language server apply what a `Fix` holds with it.
  public func applying(_ edits: [Fix.Edit]) -> SourceText? {
    let own = edits.filter { $0.place.file == path }.sorted { $0.place < $1.place }
    var edited = [UInt8]()
    var position = 0
    for edit in own {
      let (start, end) = (offset(of: edit.place.start), offset(of: edit.place.end))
      guard start >= position, end >= start else { return nil }
      edited += bytes[position..<start]
      edited += Array(edit.replacement.utf8)
      position = end
    }
    return SourceText(path: path, bytes: edited + bytes[position...])
  }
}

extension Array<Diagnostic> {
  /// The fixes of these messages that can be made together, in order: of two that touch the same stretch, the first.
  public var compatibleFixes: [Fix] {
    var taken = [Place]()
    var fixes = [Fix]()
    for fix in compactMap(\.fix) where !fixes.contains(fix) {
      let places = fix.edits.map(\.place)
      if places.contains(where: { place in taken.contains { $0.overlaps(place) } }) { continue }
      taken += places
      fixes.append(fix)
    }
    return fixes
  }
}

extension Place {
  /// Whether two stretches of one file share a character, or begin at the same one.
  fileprivate func overlaps(_ other: Place) -> Bool {
    file == other.file && (start < other.end && other.start < end || start == other.start)
  }
}
