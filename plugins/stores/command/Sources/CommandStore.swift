public import PluginAPI
public import ProcessAccess
import PluginProtocol
import Synchronization

/// Supplies the JSON lines that a program prints.
public final class CommandStore: TicketStore {
  public static let description = PluginDescription(
    name: "command", version: "1.0.0", role: .store,
    summary: "tickets from any program that prints one JSON object a line",
    settings: ["command", "environment", "id_field"])

  private struct Settings {
    var launch: ProcessLaunch
    var idField: String
  }

  private let environment: ProgramEnvironment
  private let settings = Mutex<Settings?>(nil)

  /// - Parameter environment: the variables that programs may get.
  public init(environment: ProgramEnvironment) { self.environment = environment }

  public func open(_ configuration: PluginConfiguration) throws(PluginError) {
    try configuration.requireKnownKeys(Self.description.settings)
    let words = try configuration.texts("command")
    guard let program = words.first else { throw configuration.wrong("command", Messages.noCommand) }
    guard let path = environment.find(program) else {
      throw configuration.wrong("command", Messages.noProgram(program), item: 0)
    }
    let launch = ProcessLaunch(
      path: path, arguments: Array(words.dropFirst()),
      environment: environment.variables(try configuration.texts("environment")))
    let idField = try configuration.text("id_field") ?? "id"
    settings.withLock { $0 = Settings(launch: launch, idField: idField) }
  }

  /// `open` has found the program already; to run it would not be without side effects.
  public func check() -> [PluginProblem] { [] }

  public func describe() -> [StoreField] { [] }

  public func pages(since watermark: Watermark?, limit: Int) -> TicketPages {
    TicketPages { [self] in
      let reading = CommandReading(limit: limit) { [self] () throws(PluginError) in try opened().launch }
      return { () async throws(PluginError) in try await reading.next() }
    }
  }

  /// Runs the program once more and looks at every line.
  public func get(_ ids: [String]) async throws(PluginError) -> (tickets: [TicketPage], missing: [String]) {
    let settings = try opened()
    let wanted = Set(ids)
    var missing = wanted
    var tickets = [TicketPage]()
    for try await var page in pages(since: nil, limit: 500) {
      page.records = page.records.filter { record in
        let value = try? JSONValue(reading: page.buffer, in: record.range)
        guard let id = value?[settings.idField]?.text, wanted.contains(id) else { return false }
        missing.remove(id)
        return true
      }
      page.malformed = []
      if !page.records.isEmpty { tickets.append(page) }
    }
    return (tickets, ids.filter { missing.contains($0) })
  }

  public func close() { settings.withLock { $0 = nil } }

  private func opened() throws(PluginError) -> Settings {
    guard let settings = settings.withLock({ $0 }) else { throw PluginError(.internal, Messages.notOpen) }
    return settings
  }
}
