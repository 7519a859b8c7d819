import PluginAPI
import WorkingTime

/// The stage that says which tickets are looked at next: those whose timers are due before all others, then what changed,
/// then, where new rules hold, all of them, in turns with what changed.
///
/// The next timer is kept in memory, so that a look at the clock touches no disk.
actor FetchStage {
  private let run: ServiceRun
  private let state: any ServiceState
  private let store: any TicketStore
  private let isIncremental: Bool
  private let pollInterval: Int64
  private let bell = Bell()

  /// How far the store has been read.
  private var watermark: Watermark?
  private var changes: Reading?
  private var sweep: Reading?
  private var isTurnOfSweep = false
  private var wantsChanges = true
  private var nextPoll = Instant(milliseconds: .min)
  /// Not read before, because it failed.
  private var restsUntil = Instant(milliseconds: .min)
  private var nextDue: Instant?
  private var mustAskForDue = true
  /// What was due by this instant has been fetched.
  private var lastLook: Instant
  /// The earliest of the timers that were set since, which that look did not know of.
  private var earliestSince: Instant?
  /// For each page that is on its way to the state, in order.
  private var underway: [Underway] = []
  /// Until when everything that fell due was seen to.
  private(set) var watchedUntil: Instant
  private var keptUntil: Instant

  private struct Underway {
    /// What was due by this instant is on none of the pages from this one on.
    var look: Instant
    /// Whether it was fetched because timers were due: until it is kept the state would name the same tickets again.
    var isDue: Bool
  }

  /// One reading of the store's pages.
  private struct Reading: Sendable {
    var pages: TicketPages.Iterator
    /// The number of the rules by which all tickets are decided when it is over; nil for a reading of changes.
    var sweeps: Int?
    var watermark: Watermark?
    /// Whether the last page has been passed on.
    var isOver = false
  }

  init(
    run: ServiceRun, state: any ServiceState, store: any TicketStore, _ capabilities: StoreCapabilities,
    _ beginning: ServiceBeginning
  ) {
    isIncremental = capabilities.contains(.incremental)
    // A hint may be missed.
    let interval = run.settings.pollInterval
    pollInterval = capabilities.contains(.changes) ? max(interval, Self.intervalBesideHints) : interval
    self.run = run
    self.state = state
    self.store = store
    watermark = isIncremental ? beginning.watermark : nil
    watchedUntil = beginning.watchedUntil
    keptUntil = beginning.watchedUntil
    lastLook = beginning.watchedUntil
  }

  /// Wakes the stage: the store may have changes, or other rules wait.
  nonisolated func ring() { bell.ring() }

  /// Reads the store at once.
  func hintChanges() {
    wantsChanges = true
    bell.ring()
  }

  /// All tickets are to be decided by the rules of this number.
  func startSweep(_ generation: Int) {
    if watermark == nil {
      // The next reading of changes is one of everything.
      changes = nil
      wantsChanges = true
    } else {
      sweep = Reading(
        pages: store.pages(since: nil, limit: run.settings.pageSize).makeAsyncIterator(), sweeps: generation)
    }
  }

  /// The first page of those that are on their way has been kept, and its timers have been set.
  func noteKept() {
    if underway.isEmpty { return }
    if underway.removeFirst().isDue { bell.ring() }
    if !underway.isEmpty { return }
    let seen = earliestSince.map { min(lastLook, $0.advanced(byMilliseconds: -1)) } ?? lastLook
    watchedUntil = max(watchedUntil, seen)
  }

  /// Timers were set; the earliest of them.
  func setTimer(_ due: Instant?) {
    guard let due else { return }
    earliestSince = min(earliestSince ?? due, due)
    if let nextDue, nextDue <= due { return }
    nextDue = due
    bell.ring()
  }

  /// The next page; an empty one where only time passed or other rules wait, and nil where the service ends.
  ///
  /// - Parameter generation: the number of the rules that hold.
  func next(_ generation: Int) async -> FetchedPage? {
    guard let page = await page(generation) else { return nil }
    if page.asked.isEmpty, !page.isEmpty { underway.append(Underway(look: lastLook, isDue: false)) }
    return page
  }

  private func page(_ generation: Int) async -> FetchedPage? {
    while !run.isStopping {
      let (now, jump) = run.tick()
      if jump < 0 { turnBack(to: now) }
      if !isDueUnderway, let page = await dueTickets(at: now) { return page }
      if run.isStopping { break }
      if let page = await nextOfReadings(at: now, generation) { return page }
      if now.milliseconds(since: keptUntil) >= Self.keepInterval { return heartbeat(at: now) }
      await bell.wait(atMost: rest(at: now), run.clock)
      return FetchedPage(now: run.clock.now())
    }
    return watchedUntil > keptUntil ? heartbeat(at: watchedUntil) : nil
  }

  private var isDueUnderway: Bool { underway.contains(where: \.isDue) }

  private static let keepInterval: Int64 = 60_000
  private static let intervalBesideHints: Int64 = 60_000

  private func rest(at now: Instant) -> Int64 {
    var next = max(nextPoll, restsUntil)
    // Until a page of due tickets is kept there is nothing to do about others.
    if let nextDue, !isDueUnderway { next = min(next, nextDue) }
    return max(1, min(1_000, next.milliseconds(since: now)))
  }

  /// Keeps until when everything was seen to, so that a change of rules over a restart knows it.
  private func heartbeat(at now: Instant) -> FetchedPage {
    var page = FetchedPage(now: now)
    page.watchedUntil = watchedUntil
    keptUntil = now
    return page
  }

  /// The clock was set back: what was to come in a moment is not to wait for the time that was.
  private func turnBack(to now: Instant) {
    nextPoll = min(nextPoll, now.advanced(byMilliseconds: pollInterval))
    restsUntil = min(restsUntil, now.advanced(byMilliseconds: Backoff.longest))
    watchedUntil = min(watchedUntil, now)
    lastLook = min(lastLook, now)
    for index in underway.indices { underway[index].look = min(underway[index].look, now) }
    keptUntil = min(keptUntil, now)
  }
}

// MARK: - Timers

extension FetchStage {
  private func dueTickets(at now: Instant) async -> FetchedPage? {
    if mustAskForDue {
      // What is kept while the state answers may be later than its answer: `setTimer` tells of that.
      (nextDue, mustAskForDue) = (nil, false)
      guard let next = await run.persist(.state, { try await self.state.nextDue() }) else { return nil }
      nextDue = [nextDue, next].compactMap(\.self).min()
      run.report(.nextDue(nextDue))
    }
    guard let due = nextDue, due <= now else {
      watchedUntil = max(watchedUntil, underway.first?.look ?? now)
      (lastLook, earliestSince) = (now, nil)
      return nil
    }
    // What is due now has other timers afterwards.
    mustAskForDue = true
    let limit = run.settings.pageSize
    let (before, earlier) = (lastLook, earliestSince)
    earliestSince = nil
    let ids = await run.persist(.state) { try await self.state.dueTickets(by: now, limit: limit) }
    guard let ids else { return nil }
    if ids.count < limit {
      lastLook = now
    } else {
      earliestSince = [earlier, earliestSince].compactMap(\.self).min()
    }
    if ids.isEmpty { return nil }
    // From here on: the store may take long to answer, and pages may be kept meanwhile.
    underway.append(Underway(look: min(before, lastLook), isDue: true))
    guard let found = await run.persist(.store, { try await self.store.get(ids) }) else { return nil }
    var page = FetchedPage(now: run.clock.now())
    page.pages = found.tickets
    page.asked = ids
    page.missing = found.missing
    return page
  }
}

// MARK: - Readings

extension FetchStage {
  private func nextOfReadings(at now: Instant, _ generation: Int) async -> FetchedPage? {
    if restsUntil > now { return nil }
    if changes == nil, wantsChanges || now >= nextPoll { beginReading(at: now, generation) }
    isTurnOfSweep = sweep != nil && (changes == nil || !isTurnOfSweep)
    guard let reading = isTurnOfSweep ? sweep : changes else { return nil }
    if reading.isOver { return end(reading) }
    let page = await pages(of: reading)
    return page.pages.isEmpty && (isTurnOfSweep ? sweep : changes)?.isOver == true ? end(reading) : page
  }

  /// The next pages of a reading, as many as make a transaction and come at once: timers do not wait for a slow store. After
  /// an error the reading begins anew, and what came before is passed on all the same.
  private func pages(of reading: Reading) async -> FetchedPage {
    var reading = reading
    let end = run.clock.now().advanced(byMilliseconds: Self.longestCollection)
    var (collected, count) = ([TicketPage](), 0)
    do {
      repeat {
        if let page = try await reading.pages.next() {
          reading.watermark = page.watermark ?? reading.watermark
          count += page.records.count
          collected.append(page)
        } else {
          reading.isOver = true
        }
      } while count < run.settings.transactionSize && !reading.isOver && run.clock.now() < end
      run.succeeded(.store)
      if isTurnOfSweep { sweep = reading } else { changes = reading }
    } catch {
      let now = run.clock.now()
      // Timers go on meanwhile.
      restsUntil = now.advanced(byMilliseconds: run.failed(.store, error))
      restart(reading)
    }
    var fetched = FetchedPage(now: run.clock.now())
    fetched.pages = collected
    return fetched
  }

  private static let longestCollection: Int64 = 100

  private func beginReading(at now: Instant, _ generation: Int) {
    wantsChanges = false
    nextPoll = now.advanced(byMilliseconds: pollInterval)
    changes = Reading(
      pages: store.pages(since: watermark, limit: run.settings.pageSize).makeAsyncIterator(),
      sweeps: watermark == nil ? generation : nil)
  }

  /// Everything that was read has passed the pipeline, so that the watermark may be kept.
  private func end(_ reading: Reading) -> FetchedPage {
    var page = FetchedPage(now: run.clock.now())
    page.swept = reading.sweeps
    page.watchedUntil = watchedUntil
    keptUntil = page.now
    if isTurnOfSweep {
      sweep = nil
      return page
    }
    changes = nil
    nextPoll = page.now.advanced(byMilliseconds: pollInterval)
    if isIncremental, let reached = reading.watermark {
      page.watermark = reached == watermark ? nil : reached
      watermark = reached
    }
    return page
  }

  /// From its beginning: the store's pages are over after an error.
  private func restart(_ reading: Reading) {
    if isTurnOfSweep {
      if let generation = reading.sweeps { startSweep(generation) }
    } else {
      changes = nil
      wantsChanges = true
    }
  }
}
