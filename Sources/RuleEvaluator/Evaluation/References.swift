/// Objects that somebody else keeps alive, looked at without counting references to them.
///
/// A retain and a release are two atomic operations, which take longer than most tests of a cell; a ticket would cost
/// seventy pairs of them.
struct References<Object: AnyObject>: ~Copyable {
  private let objects: FixedBuffer<Unmanaged<Object>>

  init(_ objects: [Object]) {
    self.objects = FixedBuffer(objects.map(Unmanaged.passUnretained))
  }

  /// To be looked at by `_withUnsafeGuaranteedRef`.
  @inline(__always)
  subscript(_ index: Int) -> Unmanaged<Object> { objects.elements[index] }
}
