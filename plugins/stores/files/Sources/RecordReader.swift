import Glibc
import PluginAPI

/// Cuts one file into records. Problems of single records go into the page; what ends the file early is the window's to say.
protocol RecordReader {
  /// The line that is being read, from 1.
  var line: Int { get }

  /// The next records, at most `limit`, at least one of them or one malformed; nil at the end of the file.
  mutating func next(limit: Int) -> TicketPage?
}

/// The largest record, in bytes: as much as one line of the plugin protocol holds.
let recordLimit = 8 << 20

extension TicketPage {
  init(source: String) { self.init(source: source, buffer: [], records: []) }

  var isEmpty: Bool { records.isEmpty && malformed.isEmpty }

  /// Whether nothing more may be added: malformed records count, so that a broken file takes no more memory than a good one.
  func isFull(_ limit: Int) -> Bool { records.count + malformed.count >= limit }

  mutating func addMalformed(line: Int, _ message: String) {
    malformed.append(Malformed(position: records.count, line: line, message: message))
  }
}

/// Where the next `byte` stands in `bytes` from `start` on; memchr finds it 32 bytes at a time.
@inline(__always)
func firstIndex(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
  firstIndex(of: byte, in: bytes, from: start, upTo: bytes.count)
}

/// The same before `end`.
@inline(__always)
func firstIndex(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int, upTo end: Int) -> Int?
{
  guard let base = bytes.baseAddress, start < end, let found = memchr(base + start, Int32(byte), end - start)
  else { return nil }
  return UnsafeRawPointer(found) - UnsafeRawPointer(base)
}

extension UInt8 {
  /// Whether JSON counts it as white space (RFC 8259, section 2).
  var isJSONSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
