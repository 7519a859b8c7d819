import CommandOptions
import Engine
import PluginAPI
import RuleEvaluator
import TicketModel

/// Single tickets for the commands that look at one.
enum TicketReading {
  /// The pages with the ticket of that id: more than one where it stands in several places.
  static func pages(
    of store: any TicketStore, _ name: String, id: String
  ) async throws(Failure) -> [TicketPage] {
    do {
      let (pages, missing) = try await store.get([id])
      if missing.isEmpty { return pages }
    } catch {
      throw Failure(error, of: name)
    }
    throw Failure(.usage, "there is no ticket '\(id)'", hint: "the id must be written as in the ticket")
  }

  /// The one ticket of that id, and where it stands: `file:line`.
  ///
  /// Opens the store and closes it. An id that stands in several places is an error that names them.
  static func only(
    _ id: String, by rulebook: Rulebook, in selection: PluginSelection, _ options: PluginOptions
  ) async throws -> (ticket: Ticket, place: String) {
    let store = try await options.plugins().openStore(selection)
    let pages = try await pages(of: store, selection.plugin, id: id)
    await store.close()
    let places = pages.flatMap { page in
      page.records.map { $0.line == 0 ? page.source : "\(page.source):\($0.line)" }
    }
    guard places.count == 1, let page = pages.first(where: { !$0.records.isEmpty }) else {
      throw Failure(
        .usage,
        "the id '\(id)' stands in \(places.count) places: \(places.prefix(10).joined(separator: ", "))",
        hint: "name the file with the ticket that is meant")
    }
    return (try decode(page.records[0], of: page, rulebook), places[0])
  }

  /// The first page with a ticket or with a record that cannot be read; nil where there is none.
  static func firstPage(of store: any TicketStore, _ name: String) async throws(Failure) -> TicketPage? {
    do throws(PluginError) {
      var pages = store.pages(since: nil, limit: 1).makeAsyncIterator()
      while let page = try await pages.next() {
        if !page.records.isEmpty || !page.malformed.isEmpty { return page }
      }
      return nil
    } catch {
      throw Failure(error, of: name)
    }
  }

  static func decode(
    _ record: TicketPage.Record, of page: TicketPage, _ rulebook: Rulebook,
    assuming values: [TicketAssumption] = []
  ) throws(Failure) -> Ticket {
    try decode(
      Array(page.buffer[record.range]), source: "\(page.source):\(record.line)", rulebook, assuming: values)
  }

  /// - Parameters:
  ///   - record: one JSON object.
  ///   - source: where it stands, for the message about a malformed one.
  static func decode(
    _ record: [UInt8], source: String, _ rulebook: Rulebook, assuming values: [TicketAssumption] = []
  ) throws(Failure) -> Ticket {
    var decoder = TicketDecoder(layout: rulebook.layout)
    var ticket = Ticket()
    do {
      if values.isEmpty {
        try decoder.decode(record.span.bytes, into: &ticket)
      } else {
        try decoder.decode(record, assuming: values, into: &ticket)
      }
    } catch {
      throw Failure(.findings, "\(source): \(error.message)")
    }
    return ticket
  }
}
