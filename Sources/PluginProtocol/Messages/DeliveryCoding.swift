public import PluginAPI

extension [UInt8] {
  /// Appends a delivery as one object: all members, always, in this order.
  public mutating func appendDelivery(_ delivery: Delivery) {
    append(contentsOf: #"{"key":"#.utf8)
    appendJSONString(delivery.key)
    let texts = [
      ("notice", delivery.notice), ("ticket", delivery.ticket), ("rule", delivery.rule),
      ("place", delivery.place),
    ]
    for (key, text) in texts {
      appendKey(key)
      appendJSONString(text)
    }
    appendKey("to")
    appendList(delivery.to) { $0.appendJSONString($1) }
    for (key, text) in [
      ("title", delivery.title), ("body", delivery.body), ("severity", delivery.severity.rawValue),
    ] {
      appendKey(key)
      appendJSONString(text)
    }
    append(UInt8(ascii: "}"))
  }

  /// Appends a decision on its way back into its store; its JSON is copied as it is.
  public mutating func appendDecision(_ decision: DecisionRecord) {
    append(contentsOf: #"{"ticket":"#.utf8)
    appendJSONString(decision.ticket)
    if !decision.version.isEmpty {
      appendKey("version")
      appendJSONString(decision.version)
    }
    appendKey("decision")
    append(contentsOf: decision.json)
    append(UInt8(ascii: "}"))
  }
}

extension Delivery {
  /// Nil where a member is missing or of the wrong type. Unknown members are ignored.
  public init?(_ value: JSONValue) {
    guard let key = value["key"]?.text, let notice = value["notice"]?.text,
      let ticket = value["ticket"]?.text,
      let title = value["title"]?.text, let body = value["body"]?.text,
      let severity = value["severity"]?.text.flatMap(Delivery.Severity.init(rawValue:)),
      let to = value["to"]?.texts
    else { return nil }
    self.init(
      key: key, notice: notice, ticket: ticket, rule: value["rule"]?.text ?? "",
      place: value["place"]?.text ?? "",
      to: to, title: title, body: body, severity: severity)
  }
}

extension DecisionRecord {
  /// Reads the element of `decisions` at `range`; its decision's bytes are copied as they are. Nil for another shape.
  public init?(_ message: WireMessage, in range: Range<Int>) {
    guard let ticket = message.text("ticket", in: range),
      let decision = message.range(of: "decision", in: range),
      message.bytes[decision.lowerBound] == UInt8(ascii: "{")
    else { return nil }
    let version = message.text("version", in: range) ?? ""
    self.init(ticket: ticket, version: version, json: Array(message.bytes[decision]))
  }
}
