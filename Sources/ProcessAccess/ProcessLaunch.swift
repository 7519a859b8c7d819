/// What is started: one program with its words and its environment. No shell is involved.
public struct ProcessLaunch: Hashable, Sendable {
  public var path: String
  /// The words behind the program's name.
  public var arguments: [String]
  public var environment: [String: String]

  public init(path: String, arguments: [String] = [], environment: [String: String] = [:]) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
  }
}

/// How a process ended.
public enum ProcessEnd: Hashable, Sendable {
  case exited(Int32)
  case signalled(Int32)

  /// `exit status 3` or `signal 9 (Killed)`.
  public var text: String {
    switch self {
    case .exited(let status): "exit status \(status)"
    case .signalled(let number): "signal \(number) (\(Self.name(of: number)))"
    }
  }
}

/// The signals that end a process.
public enum EndSignal {
  /// SIGTERM: a process may finish what it is doing.
  public static let terminate: Int32 = 15
  /// SIGKILL: it may not.
  public static let kill: Int32 = 9
}
