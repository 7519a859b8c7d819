#if Curl
  import PluginAPI
  import PluginProtocol

  /// A body of the user's own: the settings' object, in whose texts placeholders stand for parts of the delivery.
  ///
  /// Texts become JSON only after they are filled in, so that nothing in a delivery can leave its place.
  struct CustomFormat: WebhookFormat {
    private let template: JSONTemplate

    var isChat: Bool { false }
    var takesSecret: Bool { true }

    init(_ template: JSONTemplate) { self.template = template }

    func body(_ delivery: Delivery, _ seal: Seal) -> [UInt8] {
      [UInt8](json: template.filled(with: delivery))
    }

    func headers(_ delivery: Delivery, _ body: [UInt8], _ seal: Seal) -> [(name: String, value: String)] {
      StandardSignature.headers(delivery, body, seal)
    }
  }
#endif
