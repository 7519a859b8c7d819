public import Diagnostics

/// A text file under the name that messages show; more than `limit` bytes are refused, unread where the size is known.
public func readSource(_ path: String, named name: String? = nil, limit: Int = .max) throws(FileError)
  -> SourceText
{
  SourceText(path: name ?? path, bytes: try readFile(path, limit: limit))
}
