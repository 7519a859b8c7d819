import Foundation

/// What a GitHub runner hands to the step of `action.yml`.
struct GitHubRunner {
  static let asOf = "2026-10-12T10:00:00+08:00"
  let workspace: TemporaryFolder

  init() throws { workspace = try TemporaryFolder(copyOf: Folders.workspace) }

  /// Runs the step with the inputs; new GITHUB_* files each time.
  ///
  /// - Parameter authority: the certificate of whom else curl trusts.
  func step(
    _ inputs: [String: String], hasDocket: Bool = true, trusting authority: String? = nil
  ) throws -> Program.Result {
    for file in ["outputs", "summary", "path"] {
      try Data().write(to: URL(filePath: "\(workspace.path)/\(file)"))
    }
    try FileManager.default.createDirectory(
      atPath: "\(workspace.path)/runner", withIntermediateDirectories: true)
    var environment = [
      "DOCKET_AS_OF": Self.asOf, "GITHUB_OUTPUT": "outputs", "GITHUB_STEP_SUMMARY": "summary",
      "GITHUB_PATH": "path",
      "RUNNER_TEMP": "\(workspace.path)/runner",
    ]
    for (name, value) in inputs { environment["DOCKET_\(name)"] = value }
    if !hasDocket { environment["PATH"] = "/usr/bin:/bin" }
    if let authority { environment["CURL_CA_BUNDLE"] = authority }
    let script = "\(Folders.repository)/ci/github.sh"
    return try Program.run("/bin/bash", [script], in: workspace.path, environment)
  }

  /// The inputs that a step of a workflow gives: `name: value` below `with:`, or a text of several lines.
  static func inputs(of step: String) -> [String: String] {
    let lines = step.components(separatedBy: "        with:\n").dropFirst().joined().split(separator: "\n")
    var (inputs, name) = ([String: String](), "")
    for line in lines {
      if line.hasPrefix("            ") {
        inputs[name, default: ""] += line.trimmingCharacters(in: .whitespaces) + "\n"
      } else if let (_, key, value) = line.wholeMatch(of: /[ ]{10}([a-z-]+): (.*)/)?.output {
        name = key.uppercased().replacing("-", with: "_")
        inputs[name] = value == "|" ? "" : String(value)
      }
    }
    return inputs
  }

  var outputs: [String: String] {
    get throws {
      let pairs = try workspace.text("outputs").split(separator: "\n").map {
        $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      }
      return Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) })
    }
  }

  var summary: String { get throws { try workspace.text("summary") } }

  /// What the step left in the runner's folder for scratch files.
  var leftovers: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: "\(workspace.path)/runner") }
  }
}

/// A folder that is served by https on loopback, with a certificate of an authority made for it.
final class SecureServer: Sendable {
  static let isThere = ["python3", "openssl", "curl"].allSatisfy { EditorPrograms.path(of: $0) != nil }

  /// Such as `https://localhost:4443`.
  let address: String
  /// The authority's certificate.
  let authority: String
  private let process: Process
  private let input = Pipe()

  init(_ folder: TemporaryFolder) throws {
    authority = "\(folder.path)/authority.pem"
    process = Program.process(
      "\(Folders.repository)/packaging/https-folder", [folder.path, authority], in: folder.path)
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = output.fileHandleForReading.availableData
    address = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

/// A release package: here of the built program.
enum Debian {
  static let isThere = EditorPrograms.path(of: "dpkg-deb") != nil

  static func build(in folder: TemporaryFolder, _ name: String) throws {
    let lines = """
      mkdir -p package/DEBIAN package/usr/bin && ln -s '\(Program.path)' package/usr/bin/docket
      printf '%s\\n' 'Package: docket' 'Version: 0.1.0' 'Architecture: all' 'Maintainer: Docket' \
        'Description: rules for tickets' >package/DEBIAN/control
      dpkg-deb --build --root-owner-group package \(name) && rm -r package
      """
    let result = try Program.shell("set -e; \(lines)", in: folder.path)
    if result.status != 0 { throw CocoaError(.fileWriteUnknown, userInfo: ["errors": result.errors]) }
  }
}

/// A repository whose commits pass through the hooks of `.pre-commit-hooks.yaml`.
struct PreCommit {
  static let isThere = python != nil && EditorPrograms.path(of: "git") != nil
  private static let python = EditorPrograms.firstPython(that: "import pre_commit")
  private static let git = "git -c user.name=desk -c user.email=desk@example.org -c init.defaultBranch=main"

  private let folder: TemporaryFolder
  private var work: String { "\(folder.path)/work" }

  /// Makes a repository `hooks` with the hooks, and one `work` with a new rulebook.
  init(in folder: TemporaryFolder) throws {
    self.folder = folder
    let hooks = "\(Folders.repository)/.pre-commit-hooks.yaml"
    let result = try Program.shell(
      """
      set -e; mkdir hooks work; cp '\(hooks)' hooks
      (cd hooks; \(Self.git) init -q; git add .; \(Self.git) commit -qm Hooks)
      cd work; docket init . --yes; \(Self.git) init -q; git add .
      """, in: folder.path)
    if result.status != 0 { throw CocoaError(.fileWriteUnknown, userInfo: ["errors": result.errors]) }
  }

  /// Runs one hook over all files of the repository.
  func run(_ hook: String) throws -> Program.Result {
    try Program.run(
      Self.python ?? "", ["-m", "pre_commit", "try-repo", "--all-files", "../hooks", hook], in: work,
      ["PRE_COMMIT_HOME": "\(folder.path)/cache", "HOME": folder.path, "PRE_COMMIT_COLOR": "never"])
  }

  /// Writes a file of the repository and adds it.
  func write(_ text: String, to path: String) throws {
    let url = URL(filePath: "\(work)/\(path)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    _ = try Program.shell("git add .", in: work)
  }
}
