import Glibc

/// The process's environment; read nowhere but here.
enum Environment {
  static func value(of name: String, default other: String) -> String {
    getenv(name).map { String(cString: $0) } ?? other
  }
}
