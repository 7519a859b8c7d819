import CommandOptions
import FileAccess

extension FileWriter {
  /// Writes all of a file, or "-" for standard output; it becomes visible when it is whole. A path that cannot be written to is the
  /// user's mistake, a disk that is full is not.
  static func write(_ text: String, to path: String) throws(Failure) {
    var file: FileWriter
    do throws(FileError) { file = try FileWriter(path) } catch { throw Failure(error) }
    do throws(FileError) {
      try file.write(Array(text.utf8))
      try file.commit()
    } catch {
      throw Failure(error, status: .failure)
    }
  }
}
