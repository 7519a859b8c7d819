import Diagnostics
import Foundation
import Reports
import RuleEvaluator
import Testing

@Suite("An HTML page in a browser", .enabled(if: Browser.path != nil), .serialized, .timeLimit(.minutes(5)))
struct BrowserTests {
  private static func page() -> FindingPage {
    var page = FindingPage()
    page.subject.waivers = [
      ReportedWaiver(id: "W-1", rule: "R-3", until: "2026-12-31", owner: "desk", reason: "why")
    ]
    page.findings = (1...30).map { number in
      ReportedFinding(
        rule: "R-\(number % 3 + 1)", severity: number % 5 == 0 ? .error : .warning,
        message: number == 7 ? "No <b>Router</b> & switch" : "message \(number)", ticket: "T-\(31 - number)",
        record: .init(source: "a.ndjson", line: number),
        standing: number % 10 == 2 ? .waived(waiver: 0) : number % 10 == 4 ? .known : .new)
    }
    page.findings.append(.breach())
    return page
  }

  /// What the page is asked, each a script that gives a text.
  private static let questions = [
    ("all", "visible()"), ("status", "document.getElementById('shown').textContent"),
    ("policy", "violations.join(' ')"), ("foreign", "String(window.foreign)"),
    ("filters", "String(document.getElementById('filters').hidden)"),
    ("elements", "String(document.querySelectorAll('b, img').length)"),
    // Sorting: by the number in a name, the other way round, and by what a word stands for.
    ("ticket up", "click(2), first(2)"), ("ticket sort", "sorts()"),
    ("ticket down", "click(2), first(2)"), ("down sort", "sorts()"),
    ("severity up", "click(0), first(0)"), ("severity down", "click(0), first(0)"), ("one sort", "sorts()"),
    ("rules", "first(4, 'rules-table')"), ("rules down", "click(4, 'rules-table'), first(4, 'rules-table')"),
    ("rules up", "click(4, 'rules-table'), first(4, 'rules-table')"),
    // Filtering: by words in any order and case, by a choice, by both.
    ("text", "type('ROUTER no'), visible()"), ("none", "type('router yes'), visible()"),
    ("nothing left", "document.getElementById('shown').textContent"),
    ("severity", "type(''), choose('severity', 'error'), visible()"),
    ("both", "choose('standing', 'new'), choose('rule', 'R-1'), visible()"),
    ("reset", "document.querySelector('#filters button').click(), visible()"),
    ("waived", "choose('standing', 'waived'), visible()"),
    ("by link", "document.querySelector('a[data-rule=\"R-2\"]').click(), visible()"),
    // Keyboards: heads are buttons that can have the focus.
    ("focus", "focused()"),
  ]

  private static let answers = """
    const visible = () => String([...document.querySelectorAll('#findings-table tbody tr')].filter((r) => r.offsetHeight > 0).length);
    const heads = (id) => document.querySelectorAll(`#${id} th`);
    const click = (column, id = 'findings-table') => heads(id)[column].querySelector('button').click();
    const first = (column, id = 'findings-table') => {
      const rows = [...document.querySelectorAll(`#${id} tbody tr`)];
      return [rows[0], rows[1], rows.at(-1)].map((r) => r.cells[column].textContent).join(' ');
    };
    const sorts = () => [...heads('findings-table')].map((h) => h.getAttribute('aria-sort') ?? '-').join(' ');
    const type = (text) => {
      const input = document.querySelector('#filters input');
      input.value = text;
      input.dispatchEvent(new Event('input'));
    };
    const choose = (name, value) => {
      const select = document.querySelector(`#filters select[name=${name}]`);
      select.value = value;
      select.dispatchEvent(new Event('change'));
    };
    const focused = () => {
      heads('findings-table')[3].querySelector('button').focus();
      return document.activeElement.textContent;
    };
    """

  /// The page with a script that a policy of its own lets run, and one that no policy does.
  private static func questioned() -> String {
    let steps = questions.map {
      "document.getElementById('answers').append(\(quoted($0.0)) + '=' + (\($0.1)) + '\\n');"
    }
    return page().text()
      .replacing("script-src 'sha256", with: "script-src 'nonce-test' 'sha256")
      .replacing(
        "<style>",
        with: """
          <script nonce="test">const violations = [];
          document.addEventListener('securitypolicyviolation', (e) => violations.push(e.effectiveDirective));</script>
          <style>
          """.trimmingCharacters(in: .newlines)
      )
      .replacing(
        "</body>",
        with: """
          <script>window.foreign = 1</script><pre id="answers"></pre>
          <script nonce="test">\(answers)
          addEventListener('load', () => setTimeout(() => { \(steps.joined(separator: "\n")) }, 1_000));</script></body>
          """)
  }

  private static func quoted(_ text: String) -> String { "'\(text)'" }

  @Test("sorts and filters its rows, and lets no other script run")
  func works() throws {
    let shown = try Browser.document(of: Self.questioned())
    let start = try #require(shown.range(of: "<pre id=\"answers\">"))
    let end = try #require(shown.range(of: "</pre>"))
    var answers = [String: String]()
    for line in shown[start.upperBound..<end.lowerBound].split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      answers[String(parts[0])] = String(parts[1])
    }
    #expect(
      answers == [
        "all": "31", "status": "31 of 31 shown", "policy": "script-src-elem", "foreign": "undefined",
        "filters": "false", "elements": "0",
        "ticket up": "T-1 T-1 T-30", "ticket sort": "- - ascending - - - -",
        "ticket down": "T-30 T-29 T-1", "down sort": "- - descending - - - -",
        "severity up": "error error warning", "severity down": "warning warning error",
        "one sort": "descending - - - - - -", "rules": "9 8 8", "rules down": "9 8 8", "rules up": "8 8 9",
        "text": "1", "none": "0", "nothing left": "0 of 31 shown", "severity": "7", "both": "3",
        "reset": "31",
        "waived": "3", "by link": "10", "focus": "Field",
      ])
  }

  @Test("is a plain table of all findings where scripts do not run")
  func withoutScripts() throws {
    let page = Self.page().text()
    let blocked = page.replacing("script-src 'sha256-", with: "script-src 'sha256-no")
    let shown = try Browser.document(of: blocked)
    #expect(shown.contains("id=\"filters\" role=\"search\" hidden=\"hidden\""))
    #expect(!shown.contains("<button type=\"button\">Severity"))
    #expect(shown.components(separatedBy: "<tr data-severity=").count == 32)
  }
}

/// A browser without a window.
private enum Browser {
  static let path = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ].first { FileManager.default.isExecutableFile(atPath: $0) }

  /// What the page has become when its scripts have run.
  static func document(of page: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "docket-page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "page.html")
    try Data(page.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: try #require(path))
    // Containers have neither the namespaces of the sandbox nor much shared memory; the page is the test's own.
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--user-data-dir=\(folder.path)/profile", "--virtual-time-budget=10000",
      "--dump-dom", file.absoluteString,
    ]
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8"]
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
