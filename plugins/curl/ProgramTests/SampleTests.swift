#if Curl
  import AlertmanagerNotifier
  import CurlTransfer
  import Diagnostics
  import EmailNotifier
  import Engine
  import Foundation
  import PluginAPI
  import PluginHost
  import Testing
  import WebhookNotifier

  @Suite("The settings that documents show")
  struct SampleTests {
    private static let environment = PluginEnvironment(variable: { name in
      name.contains("URL") ? "https://desk.example/hook" : "secret of \(name)"
    })

    private func folder(_ name: String) -> String {
      URL(filePath: #filePath).appending(path: "../../../notifiers/\(name)").standardized.path
    }

    private func manifest(_ name: String) throws -> PluginManifest {
      var diagnostics = [Diagnostic]()
      let text = try String(contentsOfFile: folder(name) + "/plugin.yaml", encoding: .utf8)
      let manifest = PluginManifest.read(
        SourceText(path: "plugin.yaml", text: text), folder: folder(name), into: &diagnostics)
      #expect(diagnostics == [])
      return try #require(manifest)
    }

    private func notifier(_ name: String) -> any Notifier {
      switch name {
      case "email": EmailNotifier(now: systemTime)
      case "webhook": WebhookNotifier(now: systemTime)
      default: AlertmanagerNotifier(now: systemTime)
      }
    }

    @Test("of the README can be used", arguments: BuiltPrograms.names)
    func readme(name: String) async throws {
      let text = try String(contentsOfFile: folder(name) + "/README.md", encoding: .utf8)
      let blocks = text.components(separatedBy: "```yaml\n").dropFirst().map { block in
        block.components(separatedBy: "```")[0]
      }
      #expect(!blocks.isEmpty)
      for block in blocks {
        var diagnostics = [Diagnostic]()
        let source = SourceText(path: "README.md", text: block)
        let configuration = EngineConfiguration.read(source, into: &diagnostics)
        #expect(diagnostics == [])
        #expect(!configuration.notifiers.isEmpty)
        for selection in configuration.notifiers {
          #expect(selection.plugin == name)
          try await notifier(name).open(
            try manifest(name).resolve(selection.configuration, Self.environment).configuration)
        }
      }
    }

    @Test("of the sample file can be used", arguments: BuiltPrograms.names)
    func sample(name: String) async throws {
      var text = try String(contentsOfFile: folder(name) + "/sample.yaml", encoding: .utf8)
      // The one secret of the samples that stands in a file.
      text = text.replacing("{file: /run/secrets/webhook-token}", with: "{env: TOKEN}")
      var diagnostics = [Diagnostic]()
      let values = SettingsFile.read(SourceText(path: "sample.yaml", text: text), into: &diagnostics)
      #expect(diagnostics == [])
      let manifest = try manifest(name)
      #expect(Set(values.keys).isSubset(of: manifest.schema.properties.map(\.name)))
      let configuration = PluginConfiguration(instance: name, values: values)
      try await notifier(name).open(try manifest.resolve(configuration, Self.environment).configuration)
    }
  }
#endif
