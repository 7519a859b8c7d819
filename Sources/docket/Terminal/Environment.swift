import Glibc

/// The process's environment; read nowhere but here.
enum Environment {
  /// Nil for a variable that is not set.
  static func value(of name: String) -> String? { getenv(name).map { String(cString: $0) } }

  static func value(of name: String, default other: String) -> String {
    value(of: name) ?? other
  }
}
