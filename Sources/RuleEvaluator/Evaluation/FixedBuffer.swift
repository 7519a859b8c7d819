/// Room for a fixed number of trivial values, owned by one evaluator.
///
/// An array would do, but for its exclusivity and uniqueness checks on every write; they cost more than the writes.
struct FixedBuffer<Element: BitwiseCopyable>: ~Copyable {
  let elements: UnsafeMutableBufferPointer<Element>

  init(repeating element: Element, count: Int) {
    elements = .allocate(capacity: count)
    elements.initialize(repeating: element)
  }

  init(_ values: [Element]) {
    elements = .allocate(capacity: values.count)
    _ = elements.initialize(from: values)
  }

  deinit { elements.deallocate() }

  var readable: UnsafeBufferPointer<Element> { UnsafeBufferPointer(elements) }
}
