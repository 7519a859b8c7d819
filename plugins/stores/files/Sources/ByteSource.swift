import FileAccess

/// The bytes of one file or of standard input, inflated where they are gzip data, whatever the name says.
final class ByteSource {
  /// Why the bytes ended before the file did.
  enum Problem {
    case corrupt(String)
    case unreadable(FileError)
  }

  private static let chunkSize = 128 << 10
  private static let gzipMark: [UInt8] = [0x1F, 0x8B]

  private(set) var problem: Problem?
  /// How many bytes of the file were read, before they were inflated.
  private(set) var readCount = 0
  private let file: FileReader
  private var inflater: GzipInflater?
  /// What was read from the file and not handed over yet.
  private var pending = [UInt8]()
  private var taken = 0

  init(_ path: String) throws(FileError) {
    file = try FileReader(path)
    while pending.count < Self.gzipMark.count, read() {}
    if pending.starts(with: Self.gzipMark) {
      do { inflater = try GzipInflater() } catch { fail(error) }
    } else if path.hasSuffix(".gz"), problem == nil {
      problem = .corrupt(Messages.notGzip)
    }
  }

  /// Appends some bytes, at most `limit`, and answers how many; 0 at the end, or where there is a problem.
  func append(to bytes: inout [UInt8], atMost limit: Int) -> Int {
    let before = bytes.count
    if problem != nil { return 0 }
    if inflater != nil {
      bytes.append(addingCapacity: limit) { free in inflate(into: &free) }
    } else if !pending.isEmpty {
      bytes += pending
      pending = []
    } else {
      do { readCount += try file.append(to: &bytes, atMost: limit) } catch { problem = .unreadable(error) }
    }
    return bytes.count - before
  }

  private func inflate(into free: inout OutputSpan<UInt8>) {
    while free.freeCapacity > 0, taken < pending.count || read() {
      do {
        taken += try pending.withUnsafeBufferPointer { (bytes) throws(GzipInflater.Failure) in
          try inflater?.inflate(UnsafeBufferPointer(rebasing: bytes[taken...]), into: &free) ?? 0
        }
      } catch {
        return fail(error)
      }
    }
    if free.freeCapacity > 0, problem == nil, inflater?.isBetweenMembers == false {
      problem = .corrupt(Messages.truncatedGzip)
    }
  }

  private func fail(_ failure: GzipInflater.Failure) {
    guard case .corrupt(let reason) = failure else { return }
    problem = .corrupt(Messages.corruptGzip(reason))
  }

  /// Reads the next piece of the file; false at its end.
  private func read() -> Bool {
    pending.removeFirst(taken)
    taken = 0
    let before = readCount
    do { readCount += try file.append(to: &pending, atMost: Self.chunkSize) } catch {
      problem = .unreadable(error)
    }
    return readCount > before
  }
}
