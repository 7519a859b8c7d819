import FileAccess
import Foundation
import PluginAPI
import Testing

@testable import PluginHost

@Suite("A secret")
struct SecretTests {
  private static let secret = "päss wörd/42\""

  @Test(
    "appears in no log line, no error and no transcript", .enabled(if: FaultyStore.isThere),
    arguments: ["talk", "auth"])
  func redacted(fault: String) async throws {
    var faulty = try FaultyStore(fault)
    defer { faulty.scratch.remove() }
    let trace = "\(faulty.scratch.path)/trace.ndjson"
    let variable = faulty.environment.variable
    faulty.environment.variable = { $0 == "FAULTY_PASSWORD" ? Self.secret : variable($0) }
    faulty.environment.transcript = try Transcript(trace)
    faulty.values["password"] = .object(["env": .text("FAULTY_PASSWORD")])
    let store = try await faulty.opened()
    var errors = ""
    do { _ = try await records(of: store) } catch { errors = "\(error)" }
    await store.close()
    let transcript = try String(contentsOfFile: trace, encoding: .utf8)
    let shown = faulty.logged.all.joined(separator: "\n") + errors + transcript
    for form in [Self.secret, "wörd", #"päss wörd/42\""#, #"p\u00e4ss"#, "p%C3%A4ss"] {
      #expect(!shown.contains(form), "\(form)")
    }
    #expect(shown.components(separatedBy: "[redacted]").count > 2)
    if fault == "talk" { #expect(faulty.logged.all.contains("[faulty] the password is [redacted]")) }
    if fault == "auth" { #expect(errors.contains("ask for [redacted]")) }
    // The transcript is still JSON, line by line.
    for line in transcript.split(separator: "\n") {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
  }

  @Test("is found in the forms in which libraries quote it")
  func forms() {
    let redaction = Redaction(["a b\"ü", ""])
    let texts = ["a b\"ü", #"a b\"ü"#, "a%20b%22%C3%BC", "YSBiIsO8", #"a b"\u00fc"#]
    for text in texts { #expect(redaction.apply("<\(text)>") == "<[redacted]>") }
    #expect(Redaction([]).apply("text") == "text")
  }

  private func schema() -> ConfigSchema {
    var schema = ConfigSchema()
    schema.types = [.object]
    var secret = ConfigSchema()
    secret.isSecret = true
    schema["password"] = secret
    schema["user"] = ConfigSchema()
    return schema
  }

  private func resolve(_ values: [String: PluginConfiguration.Value]) throws(PluginError)
    -> SecretResolution.Result
  {
    try SecretResolution(schema(), SecretSource(variable: { ["FULL": "s", "EMPTY": ""][$0] }))
      .resolve(PluginConfiguration(instance: "it", values: values))
  }

  @Test("is taken from the environment, or from a file without its last line end")
  func sources() throws {
    let scratch = try ScratchFolder(in: NSTemporaryDirectory())
    defer { scratch.remove() }
    let file = "\(scratch.path)/secret"
    try Data("from file\r\n".utf8).write(to: URL(filePath: file))
    let fromFile = try resolve(["password": .object(["file": .text(file)])])
    #expect(fromFile.configuration.values == ["password": .text("from file")])
    #expect(fromFile.values == ["from file"])
    #expect(try resolve(["password": .object(["env": .text("FULL")])]).values == ["s"])
  }

  @Test(
    "is refused where it is written out, missing or empty",
    arguments: [
      (
        ["password": .text("hunter2")], "'password' is a secret and stands here for everybody to read",
        "/password",
        "write {env: NAME} or {file: path}"
      ),
      (
        ["password": .object(["env": .text("NONE")])],
        "the environment variable NONE of 'password' is not set", "/password", nil
      ),
      (
        ["password": .object(["env": .text("EMPTY")])],
        "the environment variable EMPTY, which 'password' names, is empty", "/password", nil
      ),
      (
        ["password": .object(["file": .text("/no/such")])], "/no/such: No such file or directory",
        "/password", nil
      ),
      (
        ["password": .object(["vault": .text("x")])], "'password' must be {env: NAME} or {file: path}",
        "/password", nil
      ),
      (
        ["user": .object(["env": .text("FULL")])], "'user' is no secret and must be written out", "/user", nil
      ),
    ] as [([String: PluginConfiguration.Value], String, String, String?)])
  func refused(values: [String: PluginConfiguration.Value], message: String, pointer: String, hint: String?) {
    #expect(throws: PluginError(.configuration, message, pointer: pointer, hint: hint)) {
      try resolve(values)
    }
  }
}
