import Foundation
import Testing

/// What stands in `ci/` and `action.yml`, run as far as a machine without those services can.
@Suite("In a pipeline")
struct PipelineTests {
  // MARK: GitHub

  @Test("of GitHub the step annotates, sums up, writes SARIF files and ends with docket's exit code")
  func step() throws {
    let runner = try GitHubRunner()
    let result = try runner.step(["RULES": "small", "TICKETS": "errors.ndjson\nwarnings.ndjson\n"])
    #expect(result.errors == "")
    #expect(result.status == 1)
    #expect(result.output.contains("::error "))
    #expect(
      try runner.outputs == ["exit-code": "1", "sarif": "docket.sarif", "lint-sarif": "docket-rules.sarif"])
    #expect(try runner.summary.contains("A ticket says what is wrong"))
    for report in ["docket.sarif", "docket-rules.sarif"] {
      let sarif = try JSONSerialization.jsonObject(with: Data(runner.workspace.text(report).utf8))
      #expect((sarif as? [String: Any])?["version"] as? String == "2.1.0")
    }
    #expect(try runner.leftovers == [])
  }

  @Test("of GitHub the step passes where nothing is found, and need not look at the rules")
  func pass() throws {
    let runner = try GitHubRunner()
    let result = try runner.step(["RULES": "small", "TICKETS": "clean.ndjson", "LINT": "false"])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(try runner.outputs == ["exit-code": "0", "sarif": "docket.sarif", "lint-sarif": ""])
  }

  @Test("of GitHub the step takes a baseline, and the level that fails")
  func baseline() throws {
    let runner = try GitHubRunner()
    let made = try Program.shell(
      "docket check errors.ndjson --rules small --as-of \(GitHubRunner.asOf) --baseline base.json --update-baseline",
      in: runner.workspace.path)
    #expect(made.errors == "")
    let old = try runner.step([
      "RULES": "small", "TICKETS": "errors.ndjson", "BASELINE": "base.json", "LINT": "false",
    ])
    #expect(old.status == 0, "\(old.output)\(old.errors)")
    let never = try runner.step([
      "RULES": "small", "TICKETS": "errors.ndjson", "FAIL_ON": "never", "LINT": "false",
    ])
    #expect(never.status == 0)
  }

  @Test(
    "of GitHub the step installs the release package where docket is not there", .enabled(if: Debian.isThere))
  func package() throws {
    let runner = try GitHubRunner()
    try Debian.build(in: runner.workspace, "docket.deb")
    let inputs = ["RULES": "small", "TICKETS": "errors.ndjson", "PACKAGE": "docket.deb"]
    let result = try runner.step(inputs, hasDocket: false)
    #expect(result.status == 1, "\(result.output)\(result.errors)")
    // Later steps find it, too.
    let folder = try runner.workspace.text("path").trimmingCharacters(in: .newlines)
    #expect(FileManager.default.isExecutableFile(atPath: "\(folder)/docket"))
  }

  @Test(
    "of GitHub the step fetches the release package by https, and from nobody who cannot be trusted",
    .enabled(if: Debian.isThere && SecureServer.isThere))
  func fetchedPackage() throws {
    let runner = try GitHubRunner()
    let served = TemporaryFolder()
    try Debian.build(in: served, "docket.deb")
    let server = try SecureServer(served)
    var inputs = ["RULES": "small", "TICKETS": "errors.ndjson", "PACKAGE": "\(server.address)/docket.deb"]
    let stranger = try runner.step(inputs, hasDocket: false)
    #expect(stranger.output == "::error::\(server.address)/docket.deb cannot be fetched\n")
    #expect(stranger.status == 2 && stranger.errors.contains("certificate"))
    let result = try runner.step(inputs, hasDocket: false, trusting: server.authority)
    #expect(result.status == 1 && result.errors == "", "\(result.output)\(result.errors)")
    inputs["PACKAGE"] = "\(server.address)/absent.deb"
    let absent = try runner.step(inputs, hasDocket: false, trusting: server.authority)
    #expect(absent.status == 2 && absent.output.contains("absent.deb cannot be fetched"))
  }

  @Test("of GitHub the workflow in the document has a step for the rules and one for the tickets")
  func workflow() throws {
    let document = try String(contentsOfFile: "\(Folders.repository)/docs/pipelines.md", encoding: .utf8)
    let workflow = try #require(document.firstMatch(of: /```yaml\njobs:\n((?:.*\n)*?)```/)?.1)
    let steps = workflow.components(separatedBy: "      - ").filter { $0.contains("uses: ./") }
    let runner = try GitHubRunner()
    let files =
      "mkdir -p rules exports && cp -R small rules/my-desk && mkdir tickets && cp errors.ndjson tickets && cp tickets.csv exports"
      + " && docket check clean.ndjson --rules small --baseline baseline.json --update-baseline"
      + " --as-of \(GitHubRunner.asOf)"
    #expect(try Program.shell(files, in: runner.workspace.path).status == 0)
    let results = try steps.map { try runner.step(GitHubRunner.inputs(of: $0)) }
    #expect(results.map(\.status) == [0, 1], "\(results)")
    // Annotations of tickets come from the second alone.
    #expect(results.map { $0.output.contains("::error file=tickets/") } == [false, true], "\(results)")
    #expect(results.allSatisfy { $0.errors == "" })
    #expect(
      try runner.outputs == ["exit-code": "1", "sarif": "docket.sarif", "lint-sarif": ""])
  }

  @Test(
    "of GitHub the step says what it lacks, and fails",
    arguments: [
      (["LINT": "true"], false, "docket is not on PATH, and the input 'package' names no release package"),
      (["PACKAGE": "absent.deb"], false, "absent.deb: no such package"),
      (
        ["LINT": "false"], true,
        "there is nothing to do: the input 'tickets' is empty, and 'lint' is not 'true'"
      ),
    ])
  func lacking(inputs: [String: String], hasDocket: Bool, message: String) throws {
    let runner = try GitHubRunner()
    let result = try runner.step(inputs.merging(["RULES": "small"]) { $1 }, hasDocket: hasDocket)
    #expect(result.output == "::error::\(message)\n")
    #expect(result.status == 2)
  }

  @Test("of GitHub the action hands every input to the step, and every output back")
  func action() throws {
    let action = try String(contentsOfFile: "\(Folders.repository)/action.yml", encoding: .utf8)
    let script = try String(contentsOfFile: "\(Folders.repository)/ci/github.sh", encoding: .utf8)
    let used = Set(script.matches(of: /\$\{(DOCKET_[A-Z_]+)/).map { String($0.1) })
    let given = action.matches(of: /(DOCKET_[A-Z_]+): \$\{\{ inputs\.([a-z-]+) \}\}/)
    #expect(Set(given.map { String($0.1) }) == used && used.count == 8)
    for (_, variable, input) in given.map(\.output) {
      #expect(action.contains("\n  \(input):\n"))
      #expect(variable == "DOCKET_" + input.uppercased().replacing("-", with: "_"))
    }
    for output in ["exit-code", "sarif", "lint-sarif"] {
      #expect(action.contains("${{ steps.docket.outputs.\(output) }}") && script.contains("\"\(output)="))
    }
    #expect(action.contains(#"run: bash "$GITHUB_ACTION_PATH/ci/github.sh""#))
  }

  // MARK: GitLab and Jenkins

  @Test(
    "of GitLab the jobs leave the reports that they name",
    arguments: [("docket-lint", 0), ("docket-check", 1)])
  func gitLab(job: String, status: Int32) throws {
    let template = try String(contentsOfFile: "\(Folders.repository)/ci/gitlab.yml", encoding: .utf8)
    let text = try #require(template.components(separatedBy: "\n\(job):\n").dropFirst().first)
      .components(separatedBy: "\n\n")[0]
    let lines = text.matches(of: /\n {4}- (docket .*)/).map { String($0.1) }
    #expect(lines.count == 1)
    let workspace = try TemporaryFolder(copyOf: Folders.workspace)
    let variables =
      "DOCKET_RULES=small DOCKET_TICKETS='errors.ndjson warnings.ndjson' DOCKET_FAIL_ON=error"
      + " DOCKET_BASELINE= DOCKET_AS_OF=2026-10-12T10:00:00+08:00"
    let result = try Program.shell(
      "set -eu; \(variables); " + lines.joined(separator: "; "), in: workspace.path)
    #expect(result.status == status, "\(result.output)\(result.errors)")
    #expect(result.errors == "" && !result.output.isEmpty)
    let reports = text.matches(of: /(codequality|junit): ([a-z-]+\.[a-z]+)/).map { String($0.2) }
    #expect(reports.count == 2)
    for report in reports { #expect(try !workspace.text(report).isEmpty) }
    let quality = try JSONSerialization.jsonObject(with: Data(workspace.text("\(job).json").utf8))
    #expect((quality as? [[String: Any]])?.allSatisfy { $0["fingerprint"] is String } == true)
  }

  @Test("of Jenkins the lines leave the reports that are shown")
  func jenkins() throws {
    let pipeline = try String(contentsOfFile: "\(Folders.repository)/ci/Jenkinsfile", encoding: .utf8)
    let lines = pipeline.matches(of: /sh '(.*)'/).map { String($0.1) }
    #expect(lines.count == 3)
    let folder = TemporaryFolder()
    #expect(try Program.shell("docket init . --yes", in: folder.path).status == 0)
    let values = pipeline.matches(of: /(DOCKET_[A-Z_]+) = ('.*')/).map { "\($0.1)=\($0.2)" }.joined(
      separator: " ")
    for line in lines {
      let result = try Program.shell("\(values); \(line)", in: folder.path)
      #expect(result.status <= 1, "\(line): \(result.output)\(result.errors)")
      #expect(result.errors == "")
    }
    let reports = try folder.names().filter { $0.hasPrefix("docket-") }
    #expect(
      reports == [
        "docket-check.sarif", "docket-check.xml", "docket-lint.sarif", "docket-lint.xml", "docket-test.xml",
      ])
  }

  @Test("of any other service the lines of the document leave reports")
  func others() throws {
    let document = try String(contentsOfFile: "\(Folders.repository)/docs/pipelines.md", encoding: .utf8)
    let block = try #require(document.firstMatch(of: /## Any other service\n\n```sh\n((?:docket .*\n)+)```/))
    let folder = TemporaryFolder()
    #expect(try Program.shell("docket init . --yes", in: folder.path).status == 0)
    for line in block.1.split(separator: "\n") {
      let result = try Program.shell(String(line), in: folder.path)
      #expect(result.status <= 1 && result.errors == "", "\(line): \(result.output)\(result.errors)")
    }
    let reports = try folder.names().filter { $0.hasPrefix("docket") }
    #expect(reports == ["docket-check.xml", "docket-lint.xml", "docket.html", "docket.yaml"])
  }

  // MARK: pre-commit

  @Test(
    "the hooks stop a commit that breaks the rules, their tests or their layout",
    .enabled(if: PreCommit.isThere))
  func hooks() throws {
    let folder = TemporaryFolder()
    let repository = try PreCommit(in: folder)
    for hook in ["docket-fmt", "docket-lint", "docket-test"] {
      let result = try repository.run(hook)
      #expect(result.status == 0 && result.output.contains("Passed"), "\(result.output)\(result.errors)")
    }
    // Tickets in YAML are not laid out, and other files are none of its business.
    for path in ["rules/samples/more.yaml", "other.yaml"] { try repository.write("a:   1\n", to: path) }
    #expect(try repository.run("docket-fmt").status == 0)
    try repository.write("x-a:   {b: c}\n", to: "rules/more.yaml")
    let laidOut = try repository.run("docket-fmt")
    #expect(laidOut.status == 1 && laidOut.output.contains("files were modified by this hook"))
    #expect(try folder.text("work/rules/more.yaml") == "x-a: {b: c}\n")
    #expect(try folder.text("work/other.yaml") == "a:   1\n")
    try repository.write("surprise: {b: c}\n", to: "rules/more.yaml")
    for hook in ["docket-lint", "docket-test"] {
      let result = try repository.run(hook)
      #expect(result.status == 1 && result.output.contains("more.yaml:1:1: error:"), "\(result.output)")
    }
  }
}
