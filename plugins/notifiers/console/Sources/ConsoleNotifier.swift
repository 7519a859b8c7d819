import Diagnostics
import FileAccess
public import PluginAPI

/// Writes deliveries to standard output as tables that people read: a heading a ticket, a row a delivery.
///
/// All that one call delivers is written before it returns, so a receipt means written, and memory is one call's. A ticket
/// that goes on in the next call gets no second heading. A key that comes again among the last 4,096 is written once.
public actor ConsoleNotifier: Notifier {
  public static let description = PluginDescription(
    name: "console", version: "1.0.0", role: .notifier,
    summary: "a readable table grouped by ticket, with colour on a terminal", settings: ["color", "width"])

  /// Where the text goes; throws what the engine shall hear.
  public typealias Write = @Sendable ([UInt8]) throws(PluginError) -> Void

  private let terminal: Terminal
  private let write: Write
  private var table = FindingTable(style: TableStyle())
  private var keys = RecentKeys()

  /// What is known of the terminal behind the output; `.none` where there is no terminal.
  public struct Terminal: Sendable {
    public var isTerminal: Bool
    /// In columns; nil where it does not tell.
    public var columns: Int?

    public init(isTerminal: Bool, columns: Int? = nil) {
      self.isTerminal = isTerminal
      self.columns = columns
    }

    public static let none = Terminal(isTerminal: false)
  }

  /// Writes to standard output.
  public init() {
    let output = StandardStream.output
    let terminal = Terminal(isTerminal: output.isTerminal, columns: output.columns)
    self.init(terminal: terminal) { (bytes) throws(PluginError) in
      do throws(FileError) { try FileWriter("-").write(bytes) } catch {
        throw PluginError(.permanent, error.message)
      }
    }
  }

  public init(terminal: Terminal, write: @escaping Write) {
    self.terminal = terminal
    self.write = write
  }

  /// Settings: `color` is `auto`, `always` or `never`; `width` is where lines are wrapped, by default the terminal's own,
  /// and nowhere without a terminal. Throws `.configuration` with a pointer to the wrong key.
  public func open(_ configuration: PluginConfiguration) throws(PluginError) {
    try configuration.requireKnownKeys(Self.description.settings)
    let color = try configuration.choice("color", of: ["auto", "always", "never"]) ?? "auto"
    let width = try configuration.integer("width", in: 20...10_000)
    let style = TableStyle(
      usesColor: color == "always" || color == "auto" && terminal.isTerminal,
      width: width ?? (terminal.isTerminal ? terminal.columns : nil))
    table = FindingTable(style: style)
  }

  public func check() -> [PluginProblem] { [] }

  public func deliver(_ deliveries: [Delivery]) throws(PluginError) -> [Receipt] {
    var fresh = [Delivery]()
    for delivery in deliveries where !keys.contains(delivery.key) {
      keys.insert(delivery.key)
      fresh.append(delivery)
    }
    try write(fresh)
    return deliveries.map { Receipt(key: $0.key, status: .delivered) }
  }

  public func close() {}

  private func write(_ deliveries: [Delivery]) throws(PluginError) {
    var rest = deliveries[...]
    var text = ""
    while let ticket = rest.first?.ticket {
      let group = rest.prefix { $0.ticket == ticket }
      text += table.render(group.map(\.row), of: ticket)
      rest = rest[group.endIndex...]
    }
    if text.isEmpty { return }
    do throws(PluginError) { try write(Array(text.utf8)) } catch {
      // Rather twice than never: what failed may come again.
      keys = RecentKeys()
      throw error
    }
  }
}

extension Delivery {
  /// The title, then the body where it says something else.
  fileprivate var row: FindingTable.Row {
    FindingTable.Row(
      severity: severity.ofFinding, rule: rule, place: place,
      text: body.isEmpty || body == title ? title : "\(title)\n\(body)")
  }
}

extension Delivery.Severity {
  fileprivate var ofFinding: Diagnostics.Severity {
    switch self {
    case .info: .info
    case .warning: .warning
    case .error: .error
    }
  }
}
