import Foundation
import PluginAPI
import Testing

@Suite("A JSON string")
struct JSONStringTests {
  @Test("escapes every character that must be, wherever it stands, and is read back as it was")
  func roundTrip() throws {
    for code in 0..<0x100 {
      guard let scalar = Unicode.Scalar(code) else { continue }
      // Eight bytes are looked at once: each place within them, and the rest behind them.
      for offset in 0..<18 {
        let text =
          String(repeating: "a", count: offset) + String(Character(scalar))
          + String(repeating: "字", count: 18 - offset)
        var json = [UInt8]()
        json.appendJSONString(text)
        let read = try JSONSerialization.jsonObject(with: Data(json), options: .fragmentsAllowed) as? String
        #expect(read.map { Array($0.utf8) } == Array(text.utf8), "code \(code) at \(offset)")
      }
    }
  }

  @Test("is written with the short escapes, and \\u00XX for the rest")
  func escapes() {
    var json = [UInt8]()
    json.appendJSONString("\"\\\n\r\t\u{0}\u{8}\u{1F}\u{7F}/é")
    #expect(String(decoding: json, as: UTF8.self) == #""\"\\\n\r\t\u0000\u0008\u001f\#u{7F}/é""#)
  }
}
