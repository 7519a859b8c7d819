public import PluginAPI
import PluginProtocol
public import ProcessAccess

/// Runs a program per delivery; its exit status decides what became of it.
public actor CommandNotifier: Notifier {
  public static let description = PluginDescription(
    name: "command", version: "1.0.0", role: .notifier,
    summary: "runs a program per delivery, with the delivery as JSON on its standard input",
    settings: ["command", "environment", "timeout"])

  /// EX_TEMPFAIL of sysexits.h: try again later.
  private static let temporaryFailure: Int32 = 75
  private static let retryMilliseconds: Int64 = 1000

  private let environment: ProgramEnvironment
  private var launch: ProcessLaunch?
  private var timeout: Int64 = 30_000
  private var keys = RecentKeys()

  /// - Parameter environment: the variables that programs may get.
  public init(environment: ProgramEnvironment) { self.environment = environment }

  public func open(_ configuration: PluginConfiguration) throws(PluginError) {
    try configuration.requireKnownKeys(Self.description.settings)
    let words = try configuration.texts("command")
    guard let program = words.first else { throw configuration.wrong("command", Messages.noCommand) }
    guard let path = environment.find(program) else {
      throw configuration.wrong("command", Messages.noProgram(program), item: 0)
    }
    timeout = Int64(try configuration.integer("timeout", in: 1...3600) ?? 30) * 1000
    launch = ProcessLaunch(
      path: path, arguments: Array(words.dropFirst()),
      environment: environment.variables(try configuration.texts("environment")))
  }

  /// `open` has found the program already; to run it would not be without side effects.
  public func check() -> [PluginProblem] { [] }

  public func deliver(_ deliveries: [Delivery]) async throws(PluginError) -> [Receipt] {
    guard let launch else { throw PluginError(.internal, Messages.notOpen) }
    var receipts = [Receipt]()
    for delivery in deliveries {
      let status = keys.contains(delivery.key) ? .delivered : try await run(launch, delivery)
      if status == .delivered, !keys.contains(delivery.key) { keys.insert(delivery.key) }
      receipts.append(Receipt(key: delivery.key, status: status))
    }
    return receipts
  }

  public func close() { launch = nil }

  private func run(_ launch: ProcessLaunch, _ delivery: Delivery) async throws(PluginError) -> Receipt.Status
  {
    var input = [UInt8]()
    input.appendDelivery(delivery)
    input.append(0x0A)
    let result: ProgramResult
    do throws(ChildProcess.SpawnError) {
      result = try await runProgram(launch, input: input, milliseconds: timeout)
    } catch {
      throw PluginError(
        .configuration, Messages.cannotStart(launch.path, error.reason), pointer: "/command/0")
    }
    switch result.end {
    case .exited(0): return .delivered
    case nil, .exited(Self.temporaryFailure): return .retry(afterMilliseconds: Self.retryMilliseconds)
    case let end?: return .rejected(reason: Messages.failed(launch.path, end, result.lastErrors.last))
    }
  }
}
