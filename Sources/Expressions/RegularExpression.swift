private import CRE2

/// A pattern in RE2's syntax (https://github.com/google/re2/wiki/Syntax), compiled once; matching takes linear time.
///
/// `Sendable` without further ado, because the handle is a number: RE2 documents a compiled pattern as immutable and
/// safe to match with from several threads.
public final class RegularExpression: Sendable {
  public let pattern: String
  private let handle: UInt
  /// Where the pattern is simple enough to do without RE2: for a part of a text, and for all of it.
  private let sequences: (part: ClassSequence?, whole: ClassSequence?)

  /// Why a pattern does not compile.
  public struct Failure: Error, Hashable, Sendable {
    /// RE2's words, such as "invalid perl operator: (?=".
    public var reason: String
    /// The bytes of the pattern's UTF-8 that are at fault; all of them where RE2 does not tell.
    public var range: Range<Int>

    public init(reason: String, range: Range<Int>) {
      self.reason = reason
      self.range = range
    }
  }

  /// `memory` is the most bytes that the pattern and its automaton may take; a larger pattern is refused.
  public init(_ pattern: String, memory: Int = 8 << 20) throws(Failure) {
    self.pattern = pattern
    sequences = (ClassSequence(pattern), ClassSequence(pattern, matchesWhole: true))
    let bytes = Array(pattern.utf8)
    let handle = bytes.withUnsafeBytes { UInt(cre2_compile($0.baseAddress, $0.count, Int64(memory))) }
    self.handle = handle
    if let reason = cre2_error(handle) {
      let part = Array(String(cString: cre2_error_part(handle)).utf8)
      throw Failure(
        reason: String(cString: reason), range: firstRange(of: part, in: bytes) ?? 0..<bytes.count)
    }
  }

  deinit { cre2_free(handle) }

  /// Whether any part of the UTF-8 text matches. Allocates nothing here; RE2 may grow its cache of states.
  public func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    if let sequence = sequences.part { return sequence.matches(text) }
    return cre2_matches(handle, text.baseAddress, text.count)
  }

  /// Whether all of the UTF-8 text matches.
  public func matchesWhole(_ text: UnsafeRawBufferPointer) -> Bool {
    if let sequence = sequences.whole { return sequence.matches(text) }
    return cre2_matches_whole(handle, text.baseAddress, text.count)
  }

  /// Whether any part of the text matches.
  public func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches(UnsafeRawBufferPointer($0)) }
  }
}

/// Where `part` first stands in `bytes`; nil where it does not or is empty.
func firstRange(of part: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
  guard !part.isEmpty, part.count <= bytes.count else { return nil }
  for start in 0...(bytes.count - part.count) where bytes[start..<(start + part.count)].elementsEqual(part) {
    return start..<(start + part.count)
  }
  return nil
}
