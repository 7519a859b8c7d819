#if Curl
  import CurlTransfer
  import Foundation
  import Testing

  @Suite("Base64")
  struct Base64Tests {
    // RFC 4648, section 10.
    @Test(
      "is what the standard says",
      arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
      ])
    func vectors(plain: String, text: String) {
      #expect(Base64.encode(plain.utf8) == text)
      #expect(Base64.decode(text) == Array(plain.utf8))
    }

    @Test("agrees with Foundation on all bytes, and is read with padding or without")
    func all() {
      for count in 0..<300 {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + count) }
        let text = Base64.encode(bytes)
        #expect(text == Data(bytes).base64EncodedString())
        #expect(Base64.decode(text) == bytes)
        #expect(Base64.decode(text.replacing("=", with: "")) == bytes)
      }
    }

    @Test(
      "is nothing else",
      arguments: ["Zg=x", "Z", "Zg===", "Zm9v!", "Zm-_", "Zm9v\n", "="])
    func refused(text: String) {
      // One sign too few is forgiven; what stands for no whole byte is not.
      #expect(Base64.decode(text) == (text == "=" ? [] : nil))
    }
  }

  @Suite("A time in a calendar")
  struct CalendarTimeTests {
    @Test("agrees with Foundation over four centuries")
    func dates() {
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = .gmt
      for step in 0..<4_000 {
        let milliseconds = Int64(step) * 3_155_760_123 - 3_000_000_000_000
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        let parts = calendar.dateComponents(
          [.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
        let time = CalendarTime(milliseconds: milliseconds)
        #expect(time.year == parts.year && time.month == parts.month && time.day == parts.day)
        #expect(time.hour == parts.hour && time.minute == parts.minute && time.second == parts.second)
        #expect(time.weekday + 1 == parts.weekday)
      }
    }

    @Test("is written as the Internet and as mail write it")
    func texts() {
      let time = CalendarTime(milliseconds: 1_791_770_400_007)
      #expect(time.internetTimestamp == "2026-10-12T02:00:00.007Z")
      #expect(time.mailDate == "Mon, 12 Oct 2026 02:00:00 +0000")
      #expect(CalendarTime(milliseconds: -1).internetTimestamp == "1969-12-31T23:59:59.999Z")
    }
  }
#endif
