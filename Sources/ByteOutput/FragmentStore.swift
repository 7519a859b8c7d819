/// A stretch of bytes in a `FragmentStore`.
public struct Fragment: Hashable, Sendable, BitwiseCopyable {
  var start: Int
  public var count: Int
}

/// Stretches of output that were rendered once, in one block, so that a line is put together by copying.
///
/// Immutable: what is read by all threads is written before any of them knows it. The block's address is kept as a number,
/// because Swift lets a number cross threads and a pointer not.
public final class FragmentStore: Sendable {
  private let address: UInt

  /// Room for wide reads behind the last fragment.
  private static let padding = 32

  /// Collects fragments for a store.
  public struct Builder: ~Copyable {
    private var block = ByteWriter()

    public init() {}

    /// Adds what `render` writes.
    public mutating func add(_ render: (inout ByteWriter) -> Void) -> Fragment {
      let start = block.count
      render(&block)
      return Fragment(start: start, count: block.count - start)
    }

    public mutating func add(_ text: StaticString) -> Fragment { add { $0.append(literal: text) } }

    public consuming func store() -> FragmentStore { block.withBytes { FragmentStore($0) } }
  }

  private init(_ bytes: UnsafeRawBufferPointer) {
    let block = UnsafeMutableRawBufferPointer.allocate(
      byteCount: bytes.count + FragmentStore.padding, alignment: 16)
    block.copyMemory(from: bytes)
    address = UInt(bitPattern: block.baseAddress)
  }

  deinit { UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }

  /// Where the first fragment starts; valid as long as the store is.
  @inline(__always)
  var start: UnsafeRawPointer? { UnsafeRawPointer(bitPattern: address) }
}
