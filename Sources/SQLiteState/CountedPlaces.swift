#if Service
  /// Where a ticket stands in `recurrence`, beside its id.
  struct CountedPlace: Hashable, Comparable {
    /// The number of the group.
    var group: Int64
    /// When the ticket came.
    var at: Int64

    static func < (left: CountedPlace, right: CountedPlace) -> Bool {
      (left.group, left.at) < (right.group, right.at)
    }
  }

  /// `ticket.counted`: the places of a ticket in their order, each once; NULL for none. A place is the group and the instant, as
  /// `uint64` and `sint64` of Protocol Buffers (https://protobuf.dev/programming-guides/encoding/#varints).
  extension [CountedPlace] {
    var countedBytes: [UInt8] {
      if isEmpty { return [] }
      var bytes = [UInt8]()
      bytes.reserveCapacity(16 * count)
      var last: CountedPlace?
      for place in sorted() where place != last {
        bytes.append(varint: UInt64(bitPattern: place.group))
        bytes.append(varint: UInt64(bitPattern: place.at << 1 ^ place.at >> 63))
        last = place
      }
      return bytes
    }

    init(counted bytes: [UInt8]) {
      self = []
      var rest = bytes[...]
      while let group = rest.takeVarint(), let at = rest.takeVarint() {
        let magnitude = Int64(bitPattern: at >> 1)
        append(
          CountedPlace(group: Int64(bitPattern: group), at: at & 1 == 0 ? magnitude : ~magnitude))
      }
    }
  }

  extension [UInt8] {
    fileprivate mutating func append(varint number: UInt64) {
      var rest = number
      while rest > 0x7F {
        append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      append(UInt8(rest))
    }
  }

  extension ArraySlice<UInt8> {
    /// Nil where no whole number is left.
    fileprivate mutating func takeVarint() -> UInt64? {
      var number: UInt64 = 0
      for (position, byte) in enumerated() {
        // Bits beyond 64 are dropped: nothing writes them.
        number |= UInt64(byte & 0x7F) << (7 * position)
        if byte & 0x80 == 0 {
          self = dropFirst(position + 1)
          return number
        }
      }
      return nil
    }
  }
#endif
