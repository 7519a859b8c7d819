import PluginAPI
import ProcessAccess

/// Every sentence that the host says about plugins; diagnostics of manifests stand in `Manifest/ManifestWording.swift`.
enum Wording {
  static let commandHint = "the first word of 'command' is a path from the manifest on, or a program of PATH"
  static let stdoutHint = "write logs to stderr: stdout carries the protocol alone"

  /// What a session's end means for whoever asked.
  static func ended(_ name: String, _ end: SessionEnd) -> PluginError {
    let during = end.method.map { " during \($0)" } ?? ""
    let errors = end.errors.text
    switch end.reason {
    case .process(let process):
      return PluginError(.internal, "\(name) ended with \(process.text)\(during)\(errors)")
    case .garbage(let quotation, let reason):
      return PluginError(
        .internal, "\(name) wrote to stdout what is not of the protocol\(during): '\(quotation)' (\(reason))",
        hint: stdoutHint)
    case .lineTooLong(let size, let limit, let quotation):
      return PluginError(
        .internal,
        "\(name) wrote a line of at least \(size) bytes\(during); the limit is \(limit) bytes; it begins '\(quotation)'",
        hint: "hand over fewer or smaller tickets in one answer")
    case .hung(let milliseconds):
      return PluginError(
        .internal,
        "\(name) did not answer within \(milliseconds) ms\(during), nor when asked to give up\(errors)")
    case .unknownAnswer(let id):
      return PluginError(
        .internal, "\(name) answered request '\(id)', which nobody made or which was answered before",
        hint: "every request gets exactly one response")
    case .closed: return PluginError(.internal, "\(name) was used after its end")
    }
  }

  static func givenUp(_ name: String, _ cause: PluginError) -> PluginError {
    PluginError(
      .internal,
      "\(name) failed five times within ten minutes and is left alone; the last time: \(cause.message)",
      hint: cause.hint)
  }

  static func restarts(_ cause: String, afterMilliseconds wait: Int64) -> String {
    "\(cause); it is started again" + (wait > 0 ? " in \(wait) ms" : "")
  }

  static func tooSlow(_ name: String, _ method: String, _ milliseconds: Int64) -> String {
    "\(name) did not answer \(method) within \(milliseconds) ms and was asked to give up"
  }

  static func notOpen(_ name: String) -> String { "\(name) was used before it was opened" }

  static func cannotStart(_ path: String, _ error: ChildProcess.SpawnError) -> String {
    "\(path) cannot be started: \(error.reason)"
  }

  static func notInPath(_ program: String) -> String { "there is no program '\(program)' in PATH" }

  static func noProgram(_ path: String, of name: String) -> String {
    "\(path), the program of \(name), is not there"
  }
  static let noProgramHint =
    "a plugin that is compiled must be built first: 'make plugins' builds those of this project"

  static func otherProtocol(_ name: String, _ version: Int?) -> String {
    "\(name) answered initialize with protocol \(version.map(String.init) ?? "of no version") instead of 1"
  }

  static func wrongShape(_ name: String, _ method: String, _ problem: String) -> PluginError {
    PluginError(.internal, "\(name) answered \(method) with the wrong shape: \(problem)")
  }

  static let notWell = "the plugin says that it is not well, and not why"

  static func tooManyRecords(_ count: Int, limit: Int) -> String {
    "\(count) tickets for a limit of \(limit)"
  }
  static func wrongCount(_ what: String, _ count: Int, _ expected: Int) -> String {
    "\(count) \(what) for \(expected)"
  }

  // MARK: Settings

  static func unknownSetting(_ key: String, _ name: String) -> String {
    "'\(key)' is not a setting of \(name)"
  }
  static func settings(_ names: [String]) -> String {
    names.isEmpty ? "there are no settings" : "the settings are \(names.joined(separator: ", "))"
  }
  static func missingSetting(_ key: String) -> String { "'\(key)' is missing" }
  static func mustBe(_ key: String, _ expected: String) -> String { "'\(key)' must be \(expected)" }

  static func literalSecret(_ key: String) -> String {
    "'\(key)' is a secret and stands here for everybody to read"
  }
  static let literalSecretHint = "write {env: NAME} or {file: path}"
  static func secretShape(_ key: String) -> String { "'\(key)' must be {env: NAME} or {file: path}" }
  static func variableNotSet(_ key: String, _ name: String) -> String {
    "the environment variable \(name) of '\(key)' is not set"
  }
  static func emptySecret(_ key: String, _ source: String) -> String {
    "\(source), which '\(key)' names, is empty"
  }
  static func notASecret(_ key: String) -> String { "'\(key)' is no secret and must be written out" }

  // MARK: Retries

  static func attemptsUsed(_ attempts: Int, _ message: String) -> String {
    "\(message) (\(attempts) attempts)"
  }
}
