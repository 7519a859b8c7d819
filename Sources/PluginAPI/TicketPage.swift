/// Some tickets of one source in the order of the store: raw JSON objects, all of them slices of one buffer.
public struct TicketPage: Sendable {
  /// One ticket's bytes within the page's buffer, and where they came from.
  public struct Record: Hashable, Sendable {
    /// The bytes of what should be one JSON object; whether it is one is the engine's decoder to say.
    public var range: Range<Int>
    /// The line of the source on which the record starts, from 1; 0 where lines mean nothing.
    public var line: Int

    public init(range: Range<Int>, line: Int) {
      self.range = range
      self.line = line
    }
  }

  /// A record that the store could not turn into JSON, such as a CSV row with too many cells. It is reported as a
  /// finding and the rest is still checked.
  public struct Malformed: Hashable, Sendable {
    /// The index in `records` before which the record stood.
    public var position: Int
    /// The line of the source, from 1; 0 where lines mean nothing.
    public var line: Int
    /// What is wrong, in one sentence, without the record's content.
    public var message: String

    public init(position: Int, line: Int, message: String) {
      self.position = position
      self.line = line
      self.message = message
    }
  }

  /// The file, table or address that the records came from, for messages.
  public var source: String
  /// May hold more than the records, and be shared with neighbouring pages.
  public var buffer: [UInt8]
  public var records: [Record]
  public var malformed: [Malformed]
  /// The version of each record, in the order of `records`, for stores that write decisions back; else empty.
  public var versions: [String]
  /// On the last page: where the next reading may start.
  public var watermark: Watermark?
  /// How far the reading has come with this page, from 0 to 1, and never less than before; nil where the store does not
  /// know.
  public var fraction: Double?

  public init(
    source: String, buffer: [UInt8], records: [Record], malformed: [Malformed] = [], versions: [String] = [],
    watermark: Watermark? = nil, fraction: Double? = nil
  ) {
    self.source = source
    self.buffer = buffer
    self.records = records
    self.malformed = malformed
    self.versions = versions
    self.watermark = watermark
    self.fraction = fraction
  }
}

/// The pages of one reading, pulled one at a time.
public struct TicketPages: AsyncSequence, Sendable {
  public typealias Element = TicketPage
  public typealias Failure = PluginError

  /// Returns the next page, or nil after the last one.
  public typealias Pull = @Sendable () async throws(PluginError) -> TicketPage?

  private let makePull: @Sendable () -> Pull

  /// - Parameter makePull: starts a reading from its beginning; called once an iteration.
  public init(_ makePull: @escaping @Sendable () -> Pull) { self.makePull = makePull }

  public func makeAsyncIterator() -> Iterator { Iterator(pull: makePull()) }

  public struct Iterator: AsyncIteratorProtocol, Sendable {
    let pull: Pull

    public mutating func next() async throws(PluginError) -> TicketPage? { try await pull() }

    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(PluginError) -> TicketPage? {
      try await pull()
    }
  }
}
