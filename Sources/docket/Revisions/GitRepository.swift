import CommandOptions
import Diagnostics
import Engine
import ProcessAccess

/// The git repository of the current folder, read by the program `git`: nothing is checked out, nothing written.
struct GitRepository {
  private let program: String
  private let environment: [String: String]
  /// The current folder below the repository's own, with a slash at its end; empty there.
  private let prefix: String

  /// More of one file is no rule.
  private static let lineLimit = 64 << 20

  /// - Parameter name: what is looked for, for messages.
  init(lookingFor name: String) throws(Failure) {
    let programs = ProgramEnvironment(variable: Environment.value)
    guard let program = programs.find("git") else { throw RevisionWording.noGit(name) }
    (self.program, environment) = (program, programs.variables())
    guard let prefix = Self.run(program, environment, ["rev-parse", "--show-prefix"]) else {
      throw RevisionWording.noRepository(name)
    }
    self.prefix = String(decoding: prefix, as: UTF8.self).filter { $0 != "\n" }
  }

  /// The rulebook that stands in a folder, or in a file, of a revision.
  ///
  /// - Parameters:
  ///   - name: as people name it: `HEAD~1`, `main:rules/desk`, or with a path from here on `main:./rules`.
  ///   - folder: below the current folder, where the name has no path.
  func rulebook(_ name: String, folder: String) throws(Failure) -> RulebookFolder {
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let commit = text(["rev-parse", "--verify", "--quiet", "--end-of-options", "\(parts[0])^{commit}"])
    else { throw unknownRevision(parts[0], name) }
    let path = parts.count > 1 ? fromRoot(parts[1]) : fromRoot("./\(folder)")
    let shown = "\(parts[0]):\(path)"
    guard let type = text(["cat-file", "-t", "\(commit):\(path)"]) else {
      throw RevisionWording.unknownPath(path, parts[0], suggestion(for: path, among: folders(commit)))
    }
    if type == "blob" {
      let file = path.split(separator: "/").last.map(String.init) ?? path
      return RulebookFolder(
        shown, holding: [SourceText(path: file, bytes: try contents("\(commit):\(path)", file))])
    }
    return RulebookFolder(shown, holding: try files("\(commit):\(path)"))
  }

  private func files(_ tree: String) throws(Failure) -> [SourceText] {
    let listing = output(["ls-tree", "-r", "-z", "--full-tree", tree]) ?? []
    var files = [SourceText]()
    for entry in listing.split(separator: 0) {
      // `mode type object`, a tab, and the path.
      guard let tab = entry.firstIndex(of: 0x09) else { continue }
      let words = entry[..<tab].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
      let path = String(decoding: entry[entry.index(after: tab)...], as: UTF8.self)
      // Links and repositories within have nothing to read.
      guard words.count == 3, words[0] != "120000", words[1] == "blob" else { continue }
      if path.split(separator: "/").contains("samples") { continue }
      files.append(SourceText(path: path, bytes: try contents(words[2], path)))
    }
    return files
  }

  private func contents(_ object: String, _ path: String) throws(Failure) -> [UInt8] {
    guard let size = text(["cat-file", "-s", object]).flatMap({ Int($0) }),
      let bytes = output(["cat-file", "blob", object]), bytes.count >= size
    else { throw RevisionWording.unreadable(path) }
    // Whether the last line has an end is not told by lines.
    return Array(bytes.prefix(size))
  }

  private func fromRoot(_ path: String) -> String {
    let isRelative = path == "." || path.hasPrefix("./") || path.hasPrefix("../")
    var parts = [Substring]()
    for part in (isRelative ? prefix + path : path).split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  // MARK: Names

  private func unknownRevision(_ revision: String, _ name: String) -> Failure {
    let names = output(["for-each-ref", "--format=%(refname:short)"]) ?? []
    let known = names.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    return RevisionWording.unknownRevision(
      revision, name, suggestion(for: revision, among: known.sorted() + ["HEAD"]))
  }

  private func folders(_ commit: String) -> [String] {
    let names = output(["ls-tree", "-r", "-d", "-z", "--name-only", "--full-tree", commit]) ?? []
    return names.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  // MARK: The program

  /// The one line that git prints; nil where it fails.
  private func text(_ arguments: [String]) -> String? {
    output(arguments).map { String(decoding: $0.prefix { $0 != 0x0A }, as: UTF8.self) }
  }

  private func output(_ arguments: [String]) -> [UInt8]? { Self.run(program, environment, arguments) }

  /// All that git prints, every line with its end; nil where it fails.
  private static func run(_ program: String, _ environment: [String: String], _ arguments: [String])
    -> [UInt8]?
  {
    let launch = ProcessLaunch(path: program, arguments: arguments, environment: environment)
    guard let git = try? PipedProgram(launch, lineLimit: lineLimit) else { return nil }
    var bytes = [UInt8]()
    while true {
      switch git.nextLine() {
      case .line(let line):
        bytes += line
        bytes.append(0x0A)
      case .tooLong: return nil
      case .end(let end): return end == .exited(0) ? bytes : nil
      }
    }
  }
}
