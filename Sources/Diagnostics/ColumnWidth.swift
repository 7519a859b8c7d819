/// How many terminal columns a character takes: 2 for East Asian wide and full-width ones, 0 for combining marks.
///
/// The ranges are the main blocks of Unicode's East Asian Width property (UAX #11) that ticket texts use.
public func columnWidth(of scalar: Unicode.Scalar) -> Int {
  switch scalar.value {
  case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
    0x20000...0x3FFFD:
    2
  default: 1
  }
}

/// The width of a text on a terminal, in columns.
public func columnWidth(of text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + columnWidth(of: $1) }
}
