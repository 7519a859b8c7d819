#if Curl
  import CurlTransfer
  import Diagnostics
  import PluginAPI

  /// An address in which `{ticket}`, `{rule}` and `{key}` stand for parts of a delivery, which are percent-encoded.
  struct AddressTemplate: Sendable {
    struct Problem: Error {
      var message: String
      var hint: String?
    }

    private static let parts: [String: @Sendable (Delivery) -> String] = [
      "ticket": { $0.ticket }, "rule": { $0.rule }, "key": { $0.key },
    ]

    private let text: String

    init(_ text: String) throws(Problem) {
      for name in Self.placeholders(in: text) where Self.parts[name] == nil {
        let known = Self.parts.keys.sorted()
        throw Problem(
          message: Wording.unknownPlaceholder(name),
          hint: suggestion(for: name, among: known) ?? Wording.placeholders(known))
      }
      self.text = text
      let sample = Delivery(
        key: "k", notice: "n", ticket: "t", rule: "r", title: "", body: "", severity: .info)
      do throws(WebAddress.Problem) {
        _ = try WebAddress(filled(with: sample), schemes: ["http", "https"])
      } catch {
        throw Problem(message: Wording.badLink(error.message), hint: nil)
      }
    }

    func filled(with delivery: Delivery) -> String {
      Self.parts.reduce(text) { text, part in
        text.replacing("{\(part.key)}", with: PercentEncoding.encodePart(part.value(delivery)))
      }
    }

    private static func placeholders(in text: String) -> [String] {
      text.split(separator: "{").dropFirst(text.hasPrefix("{") ? 0 : 1).map {
        String($0.prefix { $0 != "}" })
      }
    }
  }
#endif
