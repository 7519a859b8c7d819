#if Curl
  import Foundation
  import PluginAPI
  import PluginConformance
  import Testing
  import WebhookNotifier

  @Suite("The settings of the webhook notifier")
  struct WebhookSettingsTests {
    private static let needsTemplate =
      "must be a mapping, or one of generic, slack, teams, dingtalk, feishu, wecom"

    @Test(
      "are refused with the pointer, the reason and the way out",
      arguments: [
        (["url": nil], "/url", "is missing, and so is 'secret_url': it says where to post", nil),
        (["url": .number(1)], "/url", "must be a text", nil),
        (
          ["url": .text("ftp://T0KEN/")], "/url",
          "is no address to post to: it must begin with http:// or https://", nil
        ),
        (
          ["url": .text("T0KEN")], "/url", "is no address to post to: it must begin with http:// or https://",
          nil
        ),
        (
          ["url": nil, "secret_url": .text("http://a:T0KEN@b/")], "/secret_url",
          "is no address to post to: it must not hold a user or a password", nil
        ),
        (["secret_url": .text("http://b/")], "/url", "is there beside 'secret_url': write one of them", nil),
        (
          ["template": .text("slack")], "/url", "holds the key to a chat: write it as 'secret_url'", nil
        ),
        (["template": .text("dingtak")], "/template", "is 'dingtak'", "did you mean 'dingtalk'?"),
        (
          ["template": .text("irc")], "/template", "is 'irc'",
          "write one of dingtalk, feishu, generic, slack, teams, wecom, or a mapping"
        ),
        (["template": .list([])], "/template", needsTemplate, nil),
        (
          ["url": nil, "secret_url": .text("http://b/"), "template": .text("slack"), "secret": .text("x")],
          "/secret",
          "means nothing to this template", nil
        ),
        (["secret": .text("whsec_!")], "/secret", "is not Base64 behind 'whsec_'", nil),
        (
          ["headers": .object([:])], "/headers",
          "must be a list of mappings of 'name' and 'value' or 'secret'", nil
        ),
        (
          [
            "headers": .list([
              .object(["name": .text("A"), "value": .text("b")]), .object(["name": .text("A")]),
            ])
          ],
          "/headers/1", "must be a list of mappings of 'name' and 'value' or 'secret'", nil
        ),
        (
          ["headers": .list([.object(["name": .text("Idempotency-Key"), "value": .text("b")])])],
          "/headers/0",
          "cannot have the header 'Idempotency-Key'", nil
        ),
        (
          ["headers": .list([.object(["name": .text("A: b"), "value": .text("b")])])], "/headers/0",
          "cannot have the header 'A: b'", nil
        ),
        (
          ["headers": .list([.object(["name": .text("A"), "value": .text("b\r\nC: d")])])], "/headers/0",
          "cannot have the header 'A'", nil
        ),
        (["timeout": .number(0)], "/timeout", "must be a whole number from 1 to 25", nil),
        (["follow_redirects": .text("yes")], "/follow_redirects", "must be true or false", nil),
      ] as [([String: PluginConfiguration.Value?], String, String, String?)])
    func refused(
      changes: [String: PluginConfiguration.Value?], pointer: String, problem: String, hint: String?
    ) async {
      var settings = PluginConfiguration(
        instance: "hook", values: ["url": .text("https://desk.example/hook")])
      for (key, value) in changes { settings.values[key] = value }
      let key = pointer.split(separator: "/").first.map(String.init) ?? ""
      let expected = PluginError(.configuration, "'\(key)' of hook \(problem)", pointer: pointer, hint: hint)
      await #expect(throws: expected) { try await WebhookNotifier { instant }.open(settings) }
      let conformance = NotifierConformance(settings) { WebhookNotifier { instant } }
      #expect(await conformance.violations(refusing: settings, at: pointer) == [])
    }

    @Test(
      "refuse a template with the place of what is wrong in it",
      arguments: [
        ("{titel}", "'{titel}' is no part of a delivery", "did you mean 'title'?"),
        (
          "{name}", "'{name}' is no part of a delivery",
          "the parts are {key}, {notice}, {ticket}, {rule}, {place}, {to}, {title}, {body}, {severity}"
        ),
        ("a { b", "a single '{' means nothing", "write '{{' for the character"),
        ("a } b", "a single '}' means nothing", "write '}}' for the character"),
        ("{title", "a single '{' means nothing", "write '{{' for the character"),
      ])
    func template(text: String, message: String, hint: String) async {
      let template: PluginConfiguration.Value = .object(["a/b": .list([.text("{title}"), .text(text)])])
      let settings = PluginConfiguration(
        instance: "hook", values: ["url": .text("https://desk.example/hook"), "template": template])
      let expected = PluginError(
        .configuration, "'template' of hook: \(message)", pointer: "/template/a~1b/1", hint: hint)
      await #expect(throws: expected) { try await WebhookNotifier { instant }.open(settings) }
    }

    @Test("are needed before anything else")
    func notOpen() async {
      await #expect(throws: PluginError(.internal, "the notifier was used before it was opened")) {
        try await WebhookNotifier { instant }.deliver([])
      }
    }

    @Test("are what the manifest and the sample say")
    func manifest() {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
      #expect(ManifestConformance(folder: folder).violations(against: WebhookNotifier.description) == [])
    }
  }
#endif
