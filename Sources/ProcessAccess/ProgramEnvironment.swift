import FileAccess

/// What programs that are started get of the environment, and where they are found.
public struct ProgramEnvironment: Sendable {
  /// What every program gets, where we have it ourselves.
  public static let passedOn = ["PATH", "HOME", "LANG", "TZ", "TMPDIR"]

  private let variable: @Sendable (String) -> String?

  /// - Parameter variable: the value of a variable, nil where there is none; only the command line reads the environment.
  public init(variable: @escaping @Sendable (String) -> String?) { self.variable = variable }

  /// The environment of a program that gets these variables as well.
  public func variables(_ more: [String] = []) -> [String: String] {
    let pairs = (Self.passedOn + more).compactMap { name in variable(name).map { (name, $0) } }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// The path of a program: a word with a slash is one, any other is looked for in PATH; nil where there is no such file.
  public func find(_ word: String) -> String? {
    if word.contains("/") { return kindOfFile(word) == .file ? word : nil }
    let folders = (variable("PATH") ?? "").split(separator: ":")
    return folders.map { "\($0)/\(word)" }.first { kindOfFile($0) == .file }
  }
}
