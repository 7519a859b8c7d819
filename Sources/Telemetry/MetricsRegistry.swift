#if Service
  public import CoreMetrics
  import Synchronization

  /// Counts what the program counts, and shows it as Prometheus wants it: the text format 0.0.4.
  public final class MetricsRegistry: MetricsFactory {
    private let series = Mutex<[Series.Name: Series]>([:])

    public init() {}

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
      make(label, dimensions, .counter)
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
      make(label, dimensions, .gauge)
    }

    public func makeRecorder(
      label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
      make(label, dimensions, .histogram)
    }

    /// Timers count in seconds, the base unit of Prometheus.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
      make(label, dimensions, .histogram)
    }

    // The series outlives its handlers, so that a counter never starts over.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}

    /// Sets a number that is asked for when the page is.
    public func setGauge(_ label: String, _ value: Int, _ dimensions: [(String, String)] = []) {
      make(label, dimensions, .gauge).set(Int64(value))
    }

    private func make(_ label: String, _ dimensions: [(String, String)], _ kind: Series.Kind) -> Series {
      let name = Series.Name(label, dimensions)
      return series.withLock { series in
        if let known = series[name] { return known }
        let new = Series(name, kind)
        series[name] = new
        return new
      }
    }

    /// All series in order of their names. O(series).
    public func text() -> String {
      let sorted = series.withLock { Array($0.values) }.sorted { $0.name < $1.name }
      var text = ""
      var family = ""
      for series in sorted {
        if series.name.label != family {
          family = series.name.label
          text += "# TYPE \(family) \(series.kind.rawValue)\n"
        }
        text += series.text()
      }
      return text
    }
  }
#endif
