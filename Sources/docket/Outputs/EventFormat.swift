import ArgumentParser

/// How what is foretold is written to standard output.
enum EventFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  /// One JSON array of the lines of `ndjson`.
  case json
  case ndjson
}
