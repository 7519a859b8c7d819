#if Curl
  import EmailNotifier
  import Foundation
  import PluginAPI
  import PluginConformance
  import Testing

  @Suite("The settings of the email notifier")
  struct EmailSettingsTests {
    @Test(
      "are refused with the pointer and the reason",
      arguments: [
        (["host": nil], "/host", "'host' of email is missing"),
        (["host": .text("")], "/host", "'host' of email is missing"),
        (["host": .text("a/b")], "/host", "'host' of email is not the name or the number of a host"),
        (["host": .text("user@mail")], "/host", "'host' of email is not the name or the number of a host"),
        (["host": .text("mail:25")], "/host", "'host' of email is not the name or the number of a host"),
        (["port": .number(0)], "/port", "'port' of email must be a whole number from 1 to 65535"),
        (["tls": .text("ssl")], "/tls", "'tls' of email is 'ssl'"),
        (["from": nil], "/from", "'from' of email is missing"),
        (["from": .text("docket")], "/from", "'from' of email is not an e-mail address"),
        (["from": .text("a@b>\r\nRCPT TO:<c@d")], "/from", "'from' of email is not an e-mail address"),
        (["default": .text("Desk <a@b>")], "/default", "'default' of email is not an e-mail address"),
        (
          ["default": .list([.text("a@b"), .text("c")])], "/default/1",
          "'default' of email is not an e-mail address"
        ),
        (
          ["default": nil], "/default",
          "'default' of email is missing, and so is 'addresses': there is nobody to write to"
        ),
        (
          ["addresses": .text("a@b")], "/addresses",
          "'addresses' of email must hold names, and an address or a list of addresses behind each"
        ),
        (
          ["addresses": .object(["a/b": .list([.text("x")])])], "/addresses/a~1b/0",
          "'a/b' of email is not an e-mail address"
        ),
        (
          ["addresses": .object(["ops": .list([])])], "/addresses",
          "'addresses' of email has no address behind 'ops'"
        ),
        (
          ["user": .text("desk")], "/password",
          "'password' of email is missing: 'user' and 'password' belong together"
        ),
        (
          ["password": .text("x")], "/user",
          "'user' of email is missing: 'user' and 'password' belong together"
        ),
        (
          ["host": .text("mail.example"), "tls": .text("none"), "user": .text("a"), "password": .text("b")],
          "/tls",
          "'tls' of email is none, and the password would cross the network for all to read"
        ),
        (["timeout": .number(26)], "/timeout", "'timeout' of email must be a whole number from 1 to 25"),
        (["smtp": .text("x")], "/smtp", "'smtp' is not a setting of email"),
      ] as [([String: PluginConfiguration.Value?], String, String)])
    func refused(changes: [String: PluginConfiguration.Value?], pointer: String, message: String) async {
      var settings = configuration(25)
      for (key, value) in changes { settings.values[key] = value }
      let error = await #expect(throws: PluginError.self) {
        try await EmailNotifier { instant }.open(settings)
      }
      #expect(error?.message == message)
      let conformance = NotifierConformance(settings) { EmailNotifier { instant } }
      #expect(await conformance.violations(refusing: settings, at: pointer) == [])
    }

    @Test(
      "are accepted for hosts of all forms",
      arguments: ["mail.example", "MAIL.example", "192.0.2.1", "::1", "[::1]", "邮件.example"])
    func hosts(host: String) async throws {
      try await EmailNotifier { instant }.open(configuration(25, ["host": .text(host)]))
    }

    @Test("are needed before anything else")
    func notOpen() async {
      await #expect(throws: PluginError(.internal, "the notifier was used before it was opened")) {
        try await EmailNotifier { instant }.deliver([])
      }
    }

    @Test("are what the manifest and the sample say")
    func manifest() {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
      #expect(ManifestConformance(folder: folder).violations(against: EmailNotifier.description) == [])
    }
  }
#endif
