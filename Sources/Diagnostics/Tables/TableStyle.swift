/// How the tables look.
public struct TableStyle: Sendable {
  /// Whether ANSI colours are written.
  public var usesColor: Bool
  /// Where lines are wrapped, in columns; nil for nowhere.
  public var width: Int?

  public init(usesColor: Bool = false, width: Int? = nil) {
    self.usesColor = usesColor
    self.width = width
  }

  func heading(_ text: String) -> String { paint(text, "1") }

  func severity(_ severity: Severity) -> String {
    switch severity {
    case .info: paint(severity.rawValue, "1;36")
    case .warning: paint(severity.rawValue, "1;33")
    case .error: paint(severity.rawValue, "1;31")
    }
  }

  private func paint(_ text: String, _ color: String) -> String {
    usesColor ? "\u{1B}[\(color)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  /// The text in lines that cannot steer a terminal: tickets hold what strangers wrote.
  ///
  /// Control characters and those that reorder text (https://trojansource.codes) show as U+FFFD, tabs as a space.
  var printableLines: [String] {
    var lines = [""]
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x0A: lines.append("")
      case 0x0D: continue
      case 0x09: lines[lines.count - 1].append(" ")
      case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: lines[lines.count - 1].append("\u{FFFD}")
      default: lines[lines.count - 1].unicodeScalars.append(scalar)
      }
    }
    return lines
  }

  /// The same on one line.
  public var printable: String { printableLines.joined(separator: " ") }
}
