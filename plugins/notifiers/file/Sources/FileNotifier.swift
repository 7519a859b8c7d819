import FileAccess
public import PluginAPI

/// Writes each delivery as one JSON line into a file or to standard output.
///
/// A new file stands under its name when `close` returns, and not before: a receipt says that the line is on its way into
/// it. With `append`, and on standard output, a receipt says that the line was written. A key that comes again among the
/// last 4,096 is written once; readers who need more drop repeats by `key`.
public actor FileNotifier: Notifier {
  public static let description = PluginDescription(
    name: "file", version: "1.0.0", role: .notifier,
    summary: "one JSON line a delivery, into a file or to standard output", settings: ["path", "append"])

  private static let bufferSize = 64 << 10

  private var output: FileWriter?
  private var buffer = [UInt8]()
  private var keys = RecentKeys()

  public init() {}

  public func open(_ configuration: PluginConfiguration) throws(PluginError) {
    try configuration.requireKnownKeys(Self.description.settings)
    let path = try configuration.text("path") ?? ""
    let appends = try configuration.boolean("append") ?? false
    guard !path.isEmpty else { throw configuration.wrong("path", Messages.noPath, hint: Messages.noPathHint) }
    do {
      output = appends ? try FileWriter(appendingTo: path) : try FileWriter(path)
    } catch {
      throw PluginError(.configuration, error.message, pointer: "/path")
    }
  }

  /// `open` has found out already whether the file can be written.
  public func check() -> [PluginProblem] { [] }

  public func deliver(_ deliveries: [Delivery]) throws(PluginError) -> [Receipt] {
    if output == nil { throw PluginError(.internal, Messages.notOpen) }
    for delivery in deliveries where !keys.contains(delivery.key) {
      keys.insert(delivery.key)
      buffer.appendLine(delivery)
      if buffer.count >= Self.bufferSize { try flush() }
    }
    if output?.writesInPlace == true { try flush() }
    return deliveries.map { Receipt(key: $0.key, status: .delivered) }
  }

  public func close() throws(PluginError) {
    try flush()
    do { try output?.commit() } catch { throw PluginError(.permanent, error.message) }
    output = nil
  }

  private func flush() throws(PluginError) {
    defer { buffer.removeAll(keepingCapacity: true) }
    do { try output?.write(buffer) } catch {
      // Rather twice than never: what failed may come again.
      keys = RecentKeys()
      throw PluginError(.permanent, error.message)
    }
  }
}

/// Every sentence that this plugin says.
private enum Messages {
  static let noPath = "is missing: it says where to write"
  static let noPathHint = "write a file, or '-' for standard output"
  static let notOpen = "the notifier was used before it was opened"
}
