import Foundation
import Testing

@Suite("The package")
struct PackagingTests {
  private static let packaging = "\(Folders.repository)/packaging"

  /// The program's commands, as `plugin list` and the like; what each says of itself when asked for it as JSON.
  private static func commands() throws -> [String] {
    struct Dump: Decodable {
      struct Command: Decodable {
        var commandName: String
        var subcommands: [Command]?

        var names: [String] {
          (subcommands ?? []).filter { $0.commandName != "help" }.flatMap { command in
            [command.commandName] + command.names.map { "\(command.commandName) \($0)" }
          }
        }
      }
      var command: Command
    }
    let result = try Program.run(["--experimental-dump-help"], in: Folders.repository)
    return try JSONDecoder().decode(Dump.self, from: Data(result.output.utf8)).command.names
  }

  @Test("has a manual page of every command, which the first one names")
  func manual() throws {
    let folder = TemporaryFolder()
    let result = try Program.shell(
      "SOURCE_DATE_EPOCH=0 '\(Self.packaging)/man-pages' 1.2.3 . '\(Program.path)'", in: folder.path)
    #expect(result.errors == "" && result.status == 0)
    let commands = try Self.commands()
    #expect(commands.count > 15)
    let pages = commands.map { "docket-\($0.replacing(" ", with: "-")).1" } + ["docket.1"]
    #expect(try folder.names() == pages.sorted())
    let first = try String(contentsOfFile: "\(folder.path)/docket.1", encoding: .utf8)
    #expect(first.contains(".TH \"DOCKET\" 1 \"1970-01-01\" \"docket 1.2.3\" \"Docket\"\n"))
    for command in commands where !command.contains(" ") {
      #expect(first.contains(#"See \fBdocket\-\#(command)\fR(1)."#), "\(command)")
    }
  }

  @Test("has manual pages without mistakes", .enabled(if: isInstalled("mandoc")))
  func manualMarkup() throws {
    let folder = TemporaryFolder()
    let result = try Program.shell(
      "SOURCE_DATE_EPOCH=0 '\(Self.packaging)/man-pages' 1.2.3 . '\(Program.path)' && mandoc -T lint -W warning *.1",
      in: folder.path)
    #expect(result.output == "" && result.errors == "" && result.status == 0)
  }

  @Test("completes every command", arguments: ["bash", "zsh", "fish"])
  func completion(shell: String) throws {
    let result = try Program.run(["--generate-completion-script", shell], in: Folders.repository)
    #expect(result.status == 0)
    for command in try Self.commands() {
      let word = command.split(separator: " ").last ?? ""
      #expect(result.output.split { !$0.isLetter }.contains(word), "\(command)")
    }
    guard isInstalled(shell) else { return }
    let folder = TemporaryFolder()
    try Data(result.output.utf8).write(to: URL(filePath: "\(folder.path)/completion"))
    #expect(try Program.shell("\(shell) -n completion", in: folder.path).status == 0)
  }

  @Test(
    "completes the options of docket run, which another program reads",
    arguments: [
      ("--lis", "--listen"), ("--sta", "--state"), ("--log-", "--log-level"), ("--rul", "--rules"),
      ("--noti", "--notify"), ("--plugin-p", "--plugin-path"),
    ])
  func serviceOptions(beginning: String, option: String) throws {
    let folder = TemporaryFolder()
    for shell in ["bash", "zsh", "fish"] {
      let script = try Program.run(["--generate-completion-script", shell], in: Folders.repository)
      try Data(script.output.utf8).write(to: URL(filePath: "\(folder.path)/\(shell)"))
    }
    let bash = try Program.shell(
      """
      bash -c '. ./bash; COMP_WORDS=(docket run \(beginning)); COMP_CWORD=2
        COMP_LINE="docket run \(beginning)"; COMP_POINT=${#COMP_LINE}; _docket docket \(beginning) run
        printf "%s\\n" "${COMPREPLY[@]}"'
      """, in: folder.path)
    #expect(bash.output == "\(option)\n" && bash.errors == "")
    if isInstalled("fish") {
      let fish = try Program.shell(
        "fish -c '. ./fish; complete -C \"docket run \(beginning)\"'", in: folder.path)
      #expect(fish.output.split(separator: "\n").map { $0.split(separator: "\t")[0] } == [Substring(option)])
    }
    let zsh = try folder.text("zsh")
    let function = try #require(zsh.firstMatch(of: /\n_docket_run\(\) \{\n(?:.*\n)*?\}\n/)?.0)
    #expect(function.contains("\(option)["), "\(function)")
  }

  @Test("has scripts that a shell can read")
  func scripts() throws {
    for script in try FileManager.default.subpathsOfDirectory(atPath: Self.packaging) {
      let path = "\(Self.packaging)/\(script)"
      guard let text = try? String(contentsOfFile: path, encoding: .utf8), text.hasPrefix("#!/bin/sh") else {
        continue
      }
      #expect(FileManager.default.isExecutableFile(atPath: path), "\(script)")
      let result = try Program.shell("sh -n '\(path)'", in: Folders.repository)
      #expect(result.status == 0 && result.errors == "", "\(script)")
    }
  }

  @Test("is linked without shared libraries only where that can be tried")
  func staticLinking() throws {
    let script = "'\(Folders.repository)/scripts/links-statically'"
    let here = try Program.shell(script, in: Folders.repository, withPath: true)
    #expect(here.status == 0 && here.errors == "" && ["", "1\n"].contains(here.output))
    // Without the compiler nothing is claimed.
    let folder = TemporaryFolder()
    let bare = try Program.run(
      "/bin/sh", ["-c", script], in: folder.path, ["PATH": "/usr/sbin:/bin/nowhere"])
    #expect(bare.status == 0 && bare.output == "")
  }

  @Test("has a unit that shuts the service in", .enabled(if: isInstalled("systemd-analyze")))
  func unit() throws {
    let unit = "\(Self.packaging)/debian/docket.service"
    let security = try Program.shell(
      "systemd-analyze security --offline=true --threshold=15 --no-pager '\(unit)'", in: Folders.repository)
    #expect(security.status == 0, "\(security.output)")
    // The program and its manual are not installed here; nothing else may be said.
    let verified = try Program.shell("systemd-analyze verify --man=no '\(unit)'", in: Folders.repository)
    let lines = verified.errors.split(separator: "\n").filter { !$0.contains("is not executable") }
    #expect(lines == [])
  }

  @Test("starts what it has, with the rules and plugins that lie where they are installed")
  func configuration() throws {
    let text = try String(contentsOfFile: "\(Self.packaging)/debian/docket.yaml", encoding: .utf8)
    let rules = try #require(text.firstMatch(of: /rules: \/usr\/share\/docket\/(.*)\n/)?.1)
    #expect(FileManager.default.fileExists(atPath: "\(Folders.repository)/\(rules)/rulebook.yaml"))
    let folder = TemporaryFolder()
    try Data(text.utf8).write(to: URL(filePath: "\(folder.path)/docket.yaml"))
    // The store is not built here: the file was read to its end, and every key of it is one.
    let result = try Program.shell(
      "docket check --rules '\(Folders.repository)/\(rules)' --store nowhere", in: folder.path)
    #expect(result.errors.contains("there is no store plugin 'nowhere'"))
  }
}

private func isInstalled(_ program: String) -> Bool {
  FileManager.default.isExecutableFile(atPath: "/usr/bin/\(program)")
}

@Suite("An installed docket")
struct InstallationTests {
  private let prefix = TemporaryFolder()

  init() throws {
    for folder in ["bin", "lib/docket/plugins/stores/desk", "share/docket/rules", "desk"] {
      try FileManager.default.createDirectory(
        atPath: "\(prefix.path)/\(folder)", withIntermediateDirectories: true)
    }
    try FileManager.default.copyItem(atPath: Program.path, toPath: "\(prefix.path)/bin/docket")
    try FileManager.default.copyItem(
      atPath: "\(Folders.workspace)/small", toPath: "\(prefix.path)/share/docket/rules/technical-service")
    try Data(
      "name: desk\nversion: '1'\nrole: store\nprotocol: [1]\nsummary: of the package\ncommand: [sh, desk.sh]\n"
        .utf8
    ).write(to: URL(filePath: "\(prefix.path)/lib/docket/plugins/stores/desk/plugin.yaml"))
  }

  private func run(_ arguments: String) throws -> Program.Result {
    try Program.shell("../bin/docket \(arguments)", in: "\(prefix.path)/desk")
  }

  @Test("finds the plugins that lie beside it") func plugins() throws {
    let result = try run("plugin list")
    #expect(result.output.contains("\(prefix.path)/lib/docket/plugins/stores/desk  of the package\n"))
    #expect(result.errors == "" && result.status == 0)
  }

  @Test("takes the rulebook that came with it where no other is named, and this folder has none")
  func rules() throws {
    let check = "check --as-of 2026-10-12T10:00:00+08:00 '\(Folders.workspace)/clean.ndjson'"
    #expect(try run(check).output == "1 ticket: nothing found\n")
    try FileManager.default.createDirectory(
      atPath: "\(prefix.path)/desk/rules", withIntermediateDirectories: false)
    let result = try run(check)
    #expect(result.status == 2)
    #expect(result.errors.contains("rules/technical-service"))
  }
}
