import PluginAPI

/// The files that a new plugin begins with: small, complete, and passing `docket plugin check` as they are.
struct PluginScaffold {
  var name: String
  var role: PluginDescription.Role
  var language: Language
  /// For Swift: where Docket's own package is, from the plugin's folder on, and the name of that folder.
  var package: (path: String, identity: String)?

  enum Language: String, CaseIterable { case python, swift }

  /// Paths from the plugin's folder on, and what stands there.
  var files: [(path: String, text: String)] {
    var files = [
      ("plugin.yaml", manifest),
      (
        "sample.yaml",
        "# The settings of one instance.\npath: \(role == .store ? "tickets.ndjson" : "notices.ndjson")\n"
      ),
      ("conformance.yaml", conformance), ("README.md", readme),
    ]
    if role == .store { files.append(("tickets.ndjson", Self.tickets)) }
    switch (language, role) {
    case (.python, .store): files.append(("plugin.py", filled(PythonTemplates.store)))
    case (.python, .notifier): files.append(("plugin.py", filled(PythonTemplates.notifier)))
    case (.swift, .store): files.append(("Sources/Plugin.swift", filled(SwiftTemplates.store)))
    case (.swift, .notifier): files.append(("Sources/Plugin.swift", filled(SwiftTemplates.notifier)))
    }
    if language == .python {
      files.append(("docket_plugin.py", PythonModule.text))
    } else {
      files += [
        ("Package.swift", filled(SwiftTemplates.package)), (".gitignore", ".build/\nPackage.resolved\n"),
      ]
    }
    return files
  }

  private static let tickets = (1...3).map { #"{"id":"T-\#($0)","title":"ticket \#($0) of 3"}"# + "\n" }
    .joined()

  /// `my-store` as the name of a type: `MyStore`.
  var typeName: String {
    let words = name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return words.joined() + (role == .store ? "Store" : "Notifier")
  }

  private func filled(_ template: String) -> String {
    template.replacing("{name}", with: name).replacing("{Type}", with: typeName)
      .replacing("{package}", with: package?.path ?? "").replacing(
        "{identity}", with: package?.identity ?? "")
  }

  private var manifest: String {
    let command = language == .python ? "[python3, plugin.py]" : "[.build/debug/\(name)]"
    let summary =
      role == .store
      ? "tickets from a file with one JSON object a line" : "one JSON line a delivery, into a file"
    let path = role == .store ? "the file to read" : "the file to write"
    return """
      name: \(name)
      version: 0.1.0
      role: \(role.rawValue)
      protocol: [1]
      summary: \(summary)
      command: \(command)
      config:
        type: object
        additionalProperties: false
        required: [path]
        properties:
          path:
            description: \(path)
            type: string

      """
  }

  private var conformance: String {
    role == .store
      ? """
      # How 'docket plugin check' tries this plugin.
      config: {path: '{folder}/tickets.ndjson'}
      bad_config:
        - {config: {}, pointer: /path}
        - {config: {path: '{scratch}/missing'}, pointer: /path}

      """
      : """
      # How 'docket plugin check' tries this plugin.
      config: {path: '{scratch}/notices.ndjson'}
      # Run with a title as its last word: how often did that notice arrive?
      arrived: [sh, -c, 'grep -c -F "$1" "$0" || true', '{scratch}/notices.ndjson']
      bad_config:
        - {config: {}, pointer: /path}
        - {config: {path: '{scratch}/missing/notices.ndjson'}, pointer: /path}

      """
  }

  private var readme: String {
    let build = language == .swift ? "swift build --package-path .\n    " : ""
    return """
      # \(name): \(role == .store ? "tickets from a file" : "notices into a file")

      `sample.yaml` shows all settings, `plugin.yaml` describes them. To check it, in this folder:

          \(build)docket plugin check .

      """
  }
}
