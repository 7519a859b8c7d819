import ConsoleNotifier
import Foundation
import PluginAPI
import PluginConformance
import Synchronization
import Testing

@Suite("The console notifier")
struct ConsoleNotifierTests {
  /// What was written, in place of a terminal.
  final class Screen: Sendable {
    private let bytes = Mutex([UInt8]())

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    func notifier(columns: Int? = nil, isTerminal: Bool = false) -> ConsoleNotifier {
      ConsoleNotifier(terminal: .init(isTerminal: isTerminal, columns: columns)) {
        [self] (new) throws(PluginError) in
        bytes.withLock { $0 += new }
      }
    }
  }

  static let deliveries = [
    delivery(
      "202310-001", .error, "F-10", "rules/fields.yaml:12", "缺少错误信息，复现步骤，以及环境（系统版本、浏览器、设备型号）。请补充后再提交！"),
    delivery(
      "202310-001", .warning, "首次响应", "规则/时限.yaml:8",
      "the first response is due at 14:00, and nobody has answered the requester yet"),
    delivery(
      "202310-002", .info, "C-1", "rules/checks.yaml:104", "first line\nsecond line",
      body:
        "  the body, which stands below\n\nhttps://example.org/a/very/long/address/that/is/longer/than/a/line/of/a/terminal"
    ),
    delivery(
      "", .error, "", "tickets.ndjson:7",
      "a record \u{1B}[31mthat steers\u{7} the \u{202E}terminal\tand has no id\r\n"),
    delivery("202310-003", .error, "F-2", "", "x", body: "x"),
  ]

  private static func delivery(
    _ ticket: String, _ severity: Delivery.Severity, _ rule: String, _ place: String, _ title: String,
    body: String = ""
  ) -> Delivery {
    Delivery(
      key: "\(ticket)/\(rule)", notice: "finding", ticket: ticket, rule: rule, place: place, title: title,
      body: body,
      severity: severity)
  }

  private func configuration(_ values: [String: PluginConfiguration.Value] = [:]) -> PluginConfiguration {
    PluginConfiguration(instance: "console", values: values)
  }

  @Test("writes tables as its golden files show them", arguments: [nil, 100, 72, 40] as [Int?])
  func golden(columns: Int?) async throws {
    let screen = Screen()
    let notifier = screen.notifier(columns: columns, isTerminal: columns != nil)
    try await notifier.open(configuration(["color": .text("never")]))
    let receipts = try await notifier.deliver(Self.deliveries)
    #expect(receipts == Self.deliveries.map { Receipt(key: $0.key, status: .delivered) })
    await notifier.close()
    let name = columns.map { "\($0)-columns" } ?? "no-terminal"
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name).txt")
      .path
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
      try screen.text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(try screen.text == String(contentsOfFile: path, encoding: .utf8))
  }

  @Test(
    "writes colours as asked, and by itself on a terminal only",
    arguments: [
      (nil, true, true), (nil, false, false), ("auto", true, true), ("auto", false, false),
      ("always", false, true),
      ("never", true, false),
    ] as [(String?, Bool, Bool)])
  func color(setting: String?, isTerminal: Bool, expected: Bool) async throws {
    let screen = Screen()
    let notifier = screen.notifier(isTerminal: isTerminal)
    try await notifier.open(configuration(setting.map { ["color": .text($0)] } ?? [:]))
    _ = try await notifier.deliver([Self.deliveries[4]])
    #expect(
      screen.text
        == (expected
          ? "\u{1B}[1m202310-003\u{1B}[0m\n  \u{1B}[1;31merror\u{1B}[0m  F-2  x\n"
          : "202310-003\n  error  F-2  x\n"))
  }

  @Test("gives a ticket that goes on in the next call no second heading, and keeps its columns")
  func continued() async throws {
    let screen = Screen()
    let notifier = screen.notifier()
    try await notifier.open(configuration())
    _ = try await notifier.deliver([Self.deliveries[1]])
    _ = try await notifier.deliver([Self.deliveries[0], Self.deliveries[4]])
    let lines = screen.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.map { $0.prefix(36) } == [
        "202310-001", "  warning  首次响应  规则/时限.yaml:8  the f", "  error    F-10      rules/fields.ya",
        "", "202310-003", "  error  F-2  x", "",
      ])
  }

  @Test(
    "never loses or reorders a letter, and never writes a line that is too wide",
    arguments: 1...40 as ClosedRange<UInt64>)
  func wrapped(seed: UInt64) async throws {
    var state = seed
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let letters = Array("abc字，。（）,.-  x")
    let text = String((0..<random(200)).map { _ in letters[random(letters.count)] })
    let width = 20 + random(60)
    let screen = Screen()
    let notifier = screen.notifier()
    try await notifier.open(configuration(["width": .number(Double(width))]))
    _ = try await notifier.deliver([Self.delivery("T", .info, "R", "", text)])
    let body = screen.text.dropFirst("T\n  info  R".count)
    #expect(body.filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace }, "seed \(seed)")
    for line in screen.text.split(separator: "\n") {
      let columns = line.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }
      #expect(columns <= width, "seed \(seed)")
    }
  }

  @Test("does what every notifier must")
  func conformance() async throws {
    let screen = Screen()
    let notifier = NotifierConformance(configuration()) { screen.notifier() }
    #expect(try await notifier.violations { screen.text.components(separatedBy: $0).count - 1 } == [])
  }

  @Test("passes on that its output fails, and tries the same keys again")
  func failing() async throws {
    let closed = PluginError(.permanent, "-: Broken pipe")
    let notifier = ConsoleNotifier(terminal: .none) { (_) throws(PluginError) in throw closed }
    try await notifier.open(configuration())
    for _ in 1...2 { await #expect(throws: closed) { try await notifier.deliver([Self.deliveries[0]]) } }
  }

  @Test(
    "refuses wrong settings with the pointer, the reason and the way out",
    arguments: [
      (["color": .text("yes")], "/color", "'color' of console is 'yes'", "write one of auto, always, never"),
      (["color": .boolean(true)], "/color", "'color' of console must be a text", nil),
      (["width": .number(19)], "/width", "'width' of console must be a whole number from 20 to 10000", nil),
      (
        ["colour": .text("never")], "/colour", "'colour' is not a setting of console",
        "the settings are color, width"
      ),
    ] as [([String: PluginConfiguration.Value], String, String, String?)])
  func refused(values: [String: PluginConfiguration.Value], pointer: String, message: String, hint: String?)
    async
  {
    let expected = PluginError(.configuration, message, pointer: pointer, hint: hint)
    await #expect(throws: expected) { try await ConsoleNotifier().open(configuration(values)) }
    let notifier = NotifierConformance(configuration(values)) { ConsoleNotifier() }
    #expect(await notifier.violations(refusing: configuration(values), at: pointer) == [])
  }

  @Test("is what its manifest and its sample settings say")
  func manifest() {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    #expect(ManifestConformance(folder: folder).violations(against: ConsoleNotifier.description) == [])
  }
}
