/// Values in order that are also found by name.
struct NamedList<Value> {
  private(set) var values: [Value] = []
  private var indexes: [String: Int] = [:]

  var names: [String] { indexes.keys.sorted() }

  func index(of name: String) -> Int? { indexes[name] }

  mutating func append(_ value: Value, named name: String) {
    indexes[name] = values.count
    values.append(value)
  }
}
