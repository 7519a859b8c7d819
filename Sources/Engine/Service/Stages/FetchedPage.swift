import PluginAPI
import WorkingTime

/// Tickets on their way through the pipeline, and why they were fetched.
struct FetchedPage: Sendable {
  /// When it was fetched; everything about it is decided as of then.
  var now: Instant
  var pages: [TicketPage] = []
  /// The tickets that were asked for, because their timers are due.
  var asked: [String] = []
  /// Those of them that the store has no more.
  var missing: [String] = []
  /// How far the store has been read with this page; nil within a reading.
  var watermark: Watermark?
  /// The number of the rules by which all tickets have been decided with this page.
  var swept: Int?
  /// Until when everything that fell due was seen to, where that is to be kept.
  var watchedUntil: Instant?

  init(now: Instant) { self.now = now }

  /// Whether there is nothing to decide and nothing to keep.
  var isEmpty: Bool {
    pages.isEmpty && asked.isEmpty && missing.isEmpty && watermark == nil && swept == nil
      && watchedUntil == nil
  }
}
