import Glibc

/// The process's environment; read nowhere but here.
package enum Environment {
  /// Nil for a variable that is not set.
  package static func value(of name: String) -> String? { getenv(name).map { String(cString: $0) } }

  package static func value(of name: String, default other: String) -> String {
    value(of: name) ?? other
  }
}
