import Diagnostics

/// The first 16 hexadecimal digits of the SHA-256 over the names and contents of all files, which tells any two
/// rulebooks apart.
func digest(of files: [SourceText]) -> String {
  var hash = SHA256()
  for file in files.sorted(by: { $0.path < $1.path }) {
    // Lengths first, so that no two lists of files look alike.
    hash.update("\(file.path.utf8.count) \(file.path) \(file.bytes.count) ".utf8)
    hash.update(file.bytes)
  }
  return hash.finalize().prefix(8).hexadecimal
}

extension Sequence<UInt8> {
  var hexadecimal: String {
    let digits = Array("0123456789abcdef")
    return String(flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
