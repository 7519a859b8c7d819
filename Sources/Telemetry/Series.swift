#if Service
  import CoreMetrics
  import Synchronization

  /// One number over time, or a histogram of many, under its name and labels.
  final class Series: Sendable {
    enum Kind: String, Sendable { case counter, gauge, histogram }

    struct Name: Hashable, Comparable, Sendable {
      var label: String
      /// `{key="value",…}`, or nothing.
      var labels: String

      init(_ label: String, _ dimensions: [(String, String)]) {
        self.label = label
        let pairs = dimensions.map { "\($0)=\"\($1.escapedForLabel)\"" }
        labels = pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
      }

      static func < (left: Name, right: Name) -> Bool {
        (left.label, left.labels) < (right.label, right.labels)
      }
    }

    let name: Name
    let kind: Kind
    private let state = Mutex(State())

    private struct State {
      var value = 0.0
      var count = 0
      var buckets = [Int](repeating: 0, count: Series.bounds.count)
    }

    /// Upper bounds in seconds: from a page's work to a delivery that is a day late.
    private static let bounds: [Double] = [0.001, 0.01, 0.1, 1, 5, 30, 60, 300, 3600, 86_400]

    init(_ name: Name, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }

    private func observe(_ value: Double) {
      state.withLock { state in
        state.value += value
        state.count += 1
        for index in Self.bounds.indices where value <= Self.bounds[index] { state.buckets[index] += 1 }
      }
    }

    func text() -> String {
      let state = state.withLock { $0 }
      guard kind == .histogram else { return "\(name.label)\(name.labels) \(state.value.metricText)\n" }
      var text = ""
      for (bound, count) in zip(Self.bounds, state.buckets) { text += bucket(bound.metricText, count) }
      text += bucket("+Inf", state.count)
      text += "\(name.label)_sum\(name.labels) \(state.value.metricText)\n"
      return text + "\(name.label)_count\(name.labels) \(state.count)\n"
    }

    private func bucket(_ bound: String, _ count: Int) -> String {
      let inner = name.labels.dropFirst().dropLast()
      let labels = inner.isEmpty ? "le=\"\(bound)\"" : "\(inner),le=\"\(bound)\""
      return "\(name.label)_bucket{\(labels)} \(count)\n"
    }
  }

  extension Series: CounterHandler {
    func increment(by amount: Int64) { state.withLock { $0.value += Double(amount) } }
    func reset() { state.withLock { $0 = State() } }
  }

  extension Series: MeterHandler {
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { state.withLock { $0.value = value } }
    func increment(by amount: Double) { state.withLock { $0.value += amount } }
    func decrement(by amount: Double) { state.withLock { $0.value -= amount } }
  }

  extension Series: RecorderHandler {
    func record(_ value: Int64) { observe(Double(value)) }
    func record(_ value: Double) { observe(value) }
  }

  extension Series: TimerHandler {
    func recordNanoseconds(_ duration: Int64) { observe(Double(duration) / 1_000_000_000) }
  }

  extension Double {
    /// Whole numbers without a fraction.
    fileprivate var metricText: String {
      if let whole = Int64(exactly: self) { return String(whole) }
      return String(self)
    }
  }

  extension String {
    fileprivate var escapedForLabel: String {
      reduce(into: "") { text, character in
        switch character {
        case "\\": text += #"\\"#
        case "\"": text += #"\""#
        case "\n": text += #"\n"#
        default: text.append(character)
        }
      }
    }
  }
#endif
