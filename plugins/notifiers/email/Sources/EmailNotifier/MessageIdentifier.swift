#if Curl
  /// Message-IDs (RFC 5322, section 3.6.4) that are made of keys and tickets: the same one for the same key, after a restart
  /// too, so that a repeat can be told, and one common ancestor for all mail about a ticket.
  struct MessageIdentifier: Hashable, Sendable, CustomStringConvertible {
    let description: String

    static func notice(key: String, domain: String) -> MessageIdentifier {
      MessageIdentifier(description: "<notice.\(atom(key))@\(domain)>")
    }

    /// No message has this identifier; readers gather what refers to it (RFC 5256, section 3: `THREAD=REFERENCES`).
    static func thread(ticket: String, domain: String) -> MessageIdentifier {
      MessageIdentifier(description: "<ticket.\(atom(ticket))@\(domain)>")
    }

    /// Every text has an atom of its own: bytes other than letters, digits and `-` are written `=3A`. Long texts end in a hash.
    private static func atom(_ text: String) -> String {
      var atom = ""
      for byte in text.utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"):
          atom.unicodeScalars.append(Unicode.Scalar(byte))
        default: atom += "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
      }
      return atom.utf8.count <= 150 ? atom : "\(atom.prefix(130)).\(String(hash(text), radix: 16))"
    }

    /// FNV-1a (https://datatracker.ietf.org/doc/draft-eastlake-fnv/): the same in every run.
    private static func hash(_ text: String) -> UInt64 {
      text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
  }
#endif
