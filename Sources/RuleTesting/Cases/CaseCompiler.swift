import Diagnostics
import LocatedYAML
import RuleEvaluator
import TicketModel
import WorkingTime

/// Turns declared tests into cases: tickets are assembled and decoded, names resolved, instants computed.
struct CaseCompiler {
  private let rulebook: Rulebook
  private let names: RuleNames
  private let reader: NodeReader
  private let bases: [String: BaseDeclaration]
  private var decoder: TicketDecoder

  init(_ rulebook: Rulebook, bases: [String: BaseDeclaration], _ reader: NodeReader) {
    self.rulebook = rulebook
    names = RuleNames(rulebook)
    self.reader = reader
    self.bases = bases
    decoder = TicketDecoder(layout: rulebook.layout)
  }

  mutating func cases(of test: TestDeclaration, in file: TestFileDeclaration) -> [TestCase] {
    let combinations = Combinations(test: test)
    if combinations.count > Combinations.limit {
      reader.report(.tooManyCases(test.name, combinations.count))
      return []
    }
    let setting = ResolvedSetting(test.setting, in: file.setting, bases: bases, reader)
    guard let time = time(of: setting) else { return [] }
    let reading = FieldReading(schema: rulebook.schema, time: time, reader: reader)
    let base = TicketAssembly(
      fields: setting.fields(reading), events: events(setting.events, after: nil, reading), start: time.start,
      rulebook: rulebook)
    return combinations.all.compactMap { combination in
      testCase(combination, of: test, in: file, base, reading)
    }
  }

  // MARK: Time

  private func time(of setting: ResolvedSetting) -> TestTime? {
    let calendar = calendar(setting.calendar)
    let zone = rulebook.timeZone
    guard let text = setting.start else { return TestTime(start: nil, calendar: calendar, zone: zone) }
    guard let start = Instant.parse(text.value, localZone: zone) else {
      reader.report(.notAnInstant(text))
      return nil
    }
    return TestTime(start: start, calendar: calendar, zone: zone)
  }

  /// The one that is named, else the only one.
  private func calendar(_ name: Located<String>?) -> WorkingCalendar? {
    guard let name else { return rulebook.calendars.count == 1 ? rulebook.calendars[0] : nil }
    if let calendar = rulebook.calendars.first(where: { $0.name == name.value }) { return calendar }
    reader.report(.unknown("a calendar", name, rulebook.calendars.map(\.name)))
    return nil
  }

  /// - Parameter previous: the last event before these; nil for none.
  private func events(
    _ declarations: [EventDeclaration], after previous: Instant?, _ reading: FieldReading
  ) -> [TicketAssembly.Event] {
    var previous = previous
    var events = [TicketAssembly.Event]()
    for declaration in declarations {
      guard let at = instant(declaration.at, reading.time) else { continue }
      if let start = reading.time.start, at < start {
        reader.report(.eventBeforeStart(declaration.at))
      } else if let previous, at < previous {
        reader.report(.eventOutOfOrder(declaration.at))
      }
      previous = at
      events.append(
        TicketAssembly.Event(at: at, by: declaration.by?.value, set: reading.values(declaration.set)))
    }
    return events
  }

  private func instant(_ text: Located<String>, _ time: TestTime) -> Instant? {
    do {
      return try time.instant(text)
    } catch {
      reader.report(error.diagnostic)
      return nil
    }
  }

  // MARK: Cases

  private mutating func testCase(
    _ combination: Combinations.Combination, of test: TestDeclaration, in file: TestFileDeclaration,
    _ base: TicketAssembly, _ reading: FieldReading
  ) -> TestCase? {
    var assembly = base
    assembly.fields.merge(reading.values(combination.with))
    assembly.fields.merge(reading.values(combination.unchecked, isUnchecked: true))
    assembly.events += events(combination.events, after: base.events.last?.at, reading)
    let moments = moments(of: test, combination, in: file, assembly, reading.time)
    guard let ticket = assembly.ticket(&decoder, reader, at: test.name.place) else { return nil }
    var others = [Ticket]()
    for entries in test.others {
      if let other = other(entries, beside: assembly, reading, at: test.name.place) { others.append(other) }
    }
    let id = rulebook.idSlot.map { rulebook.texts(of: ticket.slots[$0], inSlot: $0, ticket).first ?? "" }
    return TestCase(
      name: combination.label.isEmpty ? test.name.value : "\(test.name.value) [\(combination.label)]",
      place: test.name.place, id: id ?? "ticket", ticket: ticket, others: others, moments: moments)
  }

  /// A further ticket: the same in the end, with fields of its own, without a history.
  private mutating func other(
    _ entries: [Node.Entry], beside assembly: TicketAssembly, _ reading: FieldReading, at place: Place
  ) -> Ticket? {
    var fields = assembly.finalFields
    fields.merge(reading.values(entries))
    return TicketAssembly(fields: fields, events: [], start: nil, rulebook: rulebook).ticket(
      &decoder, reader, at: place)
  }

  private func moments(
    of test: TestDeclaration, _ combination: Combinations.Combination, in file: TestFileDeclaration,
    _ assembly: TicketAssembly, _ time: TestTime
  ) -> [TestCase.Moment] {
    let reading = ExpectationReading(names: names, time: time, reader: reader)
    var moments = [TestCase.Moment]()
    if !combination.expectations.isEmpty, let now = now(of: test, in: file, assembly, time) {
      moments = combination.expectations.map {
        TestCase.Moment(at: now, expectation: reading.expectation($0))
      }
    }
    for moment in test.then {
      guard let at = instant(moment.at, time) else { continue }
      moments.append(TestCase.Moment(at: at, expectation: reading.expectation(moment.expect)))
    }
    return moments
  }

  /// `as_of`, else the last event, else the start.
  private func now(
    of test: TestDeclaration, in file: TestFileDeclaration, _ assembly: TicketAssembly, _ time: TestTime
  ) -> Instant? {
    if let text = test.asOf ?? file.asOf { return instant(text, time) }
    if let last = assembly.events.last?.at ?? time.start { return last }
    reader.report(.noInstant(test.name))
    return nil
  }
}
