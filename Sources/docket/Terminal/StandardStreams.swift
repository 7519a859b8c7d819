import FileAccess

/// Text for standard output.
enum StandardOutput {
  static func write(_ text: String) throws(Failure) { try write(Array(text.utf8)) }

  static func write(_ bytes: [UInt8]) throws(Failure) {
    do {
      try FileWriter("-").write(bytes)
    } catch {
      throw Failure(error, status: .failure)
    }
  }
}

/// Text for standard error; what cannot be written there cannot be reported anywhere.
enum StandardError {
  static func write(_ text: String) {
    try? FileWriter("/dev/stderr").write(Array(text.utf8))
  }
}
