import ArgumentParser
import CommandOptions
import Diagnostics
import Glibc
import LanguageServer
import PluginProtocol
import RuleAnalysis
import WorkingTime

/// `docket lsp`: editor support over standard input and output.
struct LanguageServerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Serve editors: messages while typing, completion, hover, navigation, layout.",
    discussion: """
      Speaks the Language Server Protocol over standard input and output; editors start it (docs/editor.md). A file's \
      rulebook is the nearest folder above it with a file that says 'rulebook:'.
      """)

  @Option(help: ArgumentHelp("The rulebook's folder, for all files below it.", valueName: "folder"))
  var rules: String?

  @Flag(help: ArgumentHelp("Accepted because editors pass it: the streams are all that there is."))
  var stdio = false

  mutating func run() throws {
    let year = TimeZoneRules.utc.date(at: .now).year
    // An editor that went away is an error of the write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    var connection = EditorConnection(
      LanguageServer(files: DiskRuleFiles(only: rules), version: Release.version) { rulebook, files in
        // Notes are for whoever asks for them: `docket lint --notes`.
        RuleAnalysis.analyse(rulebook, sources: files, year: year).filter { $0.severity > .info }
      })
    let status = connection.serve()
    if status != 0 { throw ExitStatus(rawValue: status) ?? .failure }
  }
}

/// Reads messages as they come, and says what there is to say about the rules when nobody types for a moment.
struct EditorConnection {
  /// How long nothing may come in before the rules are looked at, in milliseconds; and how long typing can put that off.
  private static let pause: Int32 = 150
  private static let longestPause = 1000

  private var server: LanguageServer
  private var queue = MessageQueue()
  /// Read, and not yet answered: no more than one read brings, and what cancels it.
  private var waiting: [MessageQueue.Item] = []
  private var waited = 0
  private var isOpen = true

  init(_ server: LanguageServer) { self.server = server }

  /// Until the editor says `exit` or goes away; the process's exit code.
  mutating func serve() -> Int32 {
    while isOpen || !waiting.isEmpty, server.exitCode == nil {
      if waiting.isEmpty {
        guard read(waitingFor: server.hasChanges ? Self.pause : -1) else { continue }
      } else {
        // What came meanwhile may cancel what waits.
        if isOpen, waiting.count < 256 { _ = read(waitingFor: 0) }
        send(server.receive(waiting.removeFirst()))
      }
      if server.hasChanges, waited > Self.longestPause { publish() }
    }
    return server.exitCode ?? 1
  }

  /// False where nothing came.
  private mutating func read(waitingFor milliseconds: Int32) -> Bool {
    var stream = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    let ready = poll(&stream, 1, milliseconds)
    if ready < 0 { return false }
    if ready == 0 {
      if milliseconds > 0 { publish() }
      return false
    }
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    let count = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
    if count == 0 || (count < 0 && errno != EINTR) { isOpen = false }
    guard count > 0 else { return false }
    if server.hasChanges { waited += Int(Self.pause) }
    let items = queue.receive(Array(bytes[..<count]))
    for item in items { server.look(ahead: item) }
    waiting += items
    if !queue.isReadable { isOpen = false }
    return true
  }

  private mutating func publish() {
    waited = 0
    send(server.publishDiagnostics())
  }

  private mutating func send(_ messages: [JSONValue]) {
    for message in messages {
      do {
        try StandardOutput.write([UInt8](framing: message))
      } catch {
        isOpen = false
      }
    }
  }
}
