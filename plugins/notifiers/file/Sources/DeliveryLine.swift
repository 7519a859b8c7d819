import PluginAPI

extension [UInt8] {
  /// Appends a delivery as one JSON object and a newline: all members, always, in this order.
  mutating func appendLine(_ delivery: Delivery) {
    append(contentsOf: #"{"key":"#.utf8)
    appendJSONString(delivery.key)
    append(contentsOf: #","notice":"#.utf8)
    appendJSONString(delivery.notice)
    append(contentsOf: #","ticket":"#.utf8)
    appendJSONString(delivery.ticket)
    append(contentsOf: #","rule":"#.utf8)
    appendJSONString(delivery.rule)
    append(contentsOf: #","place":"#.utf8)
    appendJSONString(delivery.place)
    append(contentsOf: #","to":"#.utf8)
    appendList(delivery.to)
    append(contentsOf: #","title":"#.utf8)
    appendJSONString(delivery.title)
    append(contentsOf: #","body":"#.utf8)
    appendJSONString(delivery.body)
    append(contentsOf: #","severity":"#.utf8)
    appendJSONString(delivery.severity.rawValue)
    append(contentsOf: "}\n".utf8)
  }

  private mutating func appendList(_ texts: [String]) {
    append(UInt8(ascii: "["))
    for (index, text) in texts.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      appendJSONString(text)
    }
    append(UInt8(ascii: "]"))
  }
}
