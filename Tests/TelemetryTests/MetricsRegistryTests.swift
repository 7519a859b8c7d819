#if Service
  import CoreMetrics
  import Telemetry
  import Testing

  @Suite("The metrics page")
  struct MetricsRegistryTests {
    @Test("shows counters, gauges and histograms in the text format, in order of their names")
    func text() {
      let registry = MetricsRegistry()
      Counter(label: "b_total", dimensions: [("kind", "a \"b\"\\\n")], factory: registry).increment(by: 2)
      Counter(label: "b_total", dimensions: [("kind", "a \"b\"\\\n")], factory: registry).increment()
      Counter(label: "b_total", factory: registry).increment()
      registry.setGauge("a", 7)
      Timer(label: "c_seconds", factory: registry).recordMilliseconds(1500)
      #expect(
        registry.text() == #"""
          # TYPE a gauge
          a 7
          # TYPE b_total counter
          b_total 1
          b_total{kind="a \"b\"\\\n"} 3
          # TYPE c_seconds histogram
          c_seconds_bucket{le="0.001"} 0
          c_seconds_bucket{le="0.01"} 0
          c_seconds_bucket{le="0.1"} 0
          c_seconds_bucket{le="1"} 0
          c_seconds_bucket{le="5"} 1
          c_seconds_bucket{le="30"} 1
          c_seconds_bucket{le="60"} 1
          c_seconds_bucket{le="300"} 1
          c_seconds_bucket{le="3600"} 1
          c_seconds_bucket{le="86400"} 1
          c_seconds_bucket{le="+Inf"} 1
          c_seconds_sum 1.5
          c_seconds_count 1

          """#)
    }
  }
#endif
