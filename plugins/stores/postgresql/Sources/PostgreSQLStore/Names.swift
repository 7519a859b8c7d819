#if PostgreSQL
  extension String {
    /// As SQL writes a name that may hold anything
    /// (https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS).
    var quotedName: String {
      "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// As SQL writes a text, whatever `standard_conforming_strings` says.
    var quotedText: String {
      let parts = split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
      return "E'" + parts.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
        + "'"
    }
  }

  extension [[UInt8]] {
    /// As the text of an array of texts (https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO).
    var arrayText: [UInt8] {
      var text: [UInt8] = [UInt8(ascii: "{")]
      for (index, element) in enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        text.append(UInt8(ascii: "\""))
        for byte in element {
          if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { text.append(UInt8(ascii: "\\")) }
          text.append(byte)
        }
        text.append(UInt8(ascii: "\""))
      }
      text.append(UInt8(ascii: "}"))
      return text
    }
  }
#endif
