import PluginAPI
import RuleEvaluator
import WorkingTime

/// The stage that sends: one lane a notifier, so that a slow one holds up none but itself.
///
/// A lane takes what may go out from the outbox, earliest first, and hands it to its notifier. What became of it is kept by
/// the next stage before the lane takes more, so that a crash repeats one call's notices at most.
actor DeliveryLane {
  let name: String
  /// Whether the notifier takes back what has ended.
  let resolves: Bool
  let notifier: any Notifier
  let run: ServiceRun
  private let state: any ServiceState
  private let parcels: ParcelWording
  private let bell = Bell()
  /// When something may go out; nil for nothing.
  private var nextAt: Instant? = Instant(milliseconds: .min)
  /// Not used before, because it failed.
  private var restsUntil: Instant?
  private var lastNow = Instant(milliseconds: .min)

  init(
    name: String, notifier: any Notifier, resolves: Bool, run: ServiceRun, state: any ServiceState,
    parcels: ParcelWording
  ) {
    self.name = name
    self.resolves = resolves
    self.notifier = notifier
    self.run = run
    self.state = state
    self.parcels = parcels
  }

  /// Something was put into the outbox that may go out at `instant`.
  func announce(_ instant: Instant) {
    nextAt = min(nextAt ?? instant, instant)
    bell.ring()
  }

  nonisolated func ring() { bell.ring() }

  /// What is to be done next: notices that go out come before what is taken back.
  enum Work: Sendable {
    case deliver([PendingDelivery])
    case resolve([PendingResolution])
  }

  /// What may go out now; waits for it, and answers nil where the service ends.
  func next() async -> Work? {
    while !run.isStopping {
      let now = run.clock.now()
      if now < lastNow { await turnBack(to: now) }
      lastNow = now
      if let wait = rest(at: now) {
        await bell.wait(atMost: min(wait, 1_000), run.clock)
        continue
      }
      let (name, limit) = (name, run.settings.deliveryBatch)
      nextAt = nil
      let taken = await run.persist(.state) {
        try await self.state.take(notifier: name, by: now, limit: limit)
      }
      guard let taken else { return nil }
      if !taken.isEmpty {
        nextAt = now
        return .deliver(taken)
      }
      if resolves {
        let ended = await run.persist(.state) {
          try await self.state.takeResolutions(notifier: name, by: now, limit: limit)
        }
        guard let ended else { return nil }
        if !ended.isEmpty {
          nextAt = now
          return .resolve(ended)
        }
      }
      guard let next = await run.persist(.state, { try await self.state.nextDelivery(of: name) }) else {
        return nil
      }
      if let next { nextAt = min(nextAt ?? next, next) }
    }
    return nil
  }

  /// The clock was set back: what waits for another attempt is not to wait for the time that was.
  private func turnBack(to now: Instant) async {
    let name = name
    restsUntil = restsUntil.map { min($0, now.advanced(byMilliseconds: Backoff.longest)) }
    await run.persist(.state) {
      try await self.state.hasten(name, to: now, longest: Backoff.longest)
    }
    nextAt = now
  }

  /// Milliseconds until the lane may look again; nil for now.
  private func rest(at now: Instant) -> Int64? {
    if let restsUntil {
      if restsUntil > now { return restsUntil.milliseconds(since: now) }
      self.restsUntil = nil
    }
    guard let nextAt else { return 1_000 }
    return nextAt <= now ? nil : nextAt.milliseconds(since: now)
  }

  // MARK: - Sending

  func perform(_ work: Work) async -> DeliveryOutcome {
    switch work {
    case .deliver(let pending): await deliver(pending)
    case .resolve(let pending): await resolve(pending)
    }
  }

  /// Hands deliveries to the notifier and says what became of them; of nothing where the call failed.
  private func deliver(_ pending: [PendingDelivery]) async -> DeliveryOutcome {
    let now = run.clock.now()
    let all = parcels.parcels(of: pending, at: now)
    do throws(PluginError) {
      return try await send(all)
    } catch  where error.kind == .permanent {
      return await sendOneByOne(all, error)
    } catch {
      rest(after: error)
      return DeliveryOutcome()
    }
  }

  private func send(_ parcels: [Parcel]) async throws(PluginError) -> DeliveryOutcome {
    let (notifier, deliveries) = (notifier, parcels.map(\.delivery))
    let receipts = try await receipts { () throws(PluginError) in try await notifier.deliver(deliveries) }
    let outcome = outcome(of: parcels, receipts)
    run.succeeded(.notifier(name))
    return outcome
  }

  /// A call that fails for good says nothing about which of its notices it was; alone each stands for itself.
  private func sendOneByOne(_ parcels: [Parcel], _ error: PluginError) async -> DeliveryOutcome {
    if parcels.count == 1 { return rejected(parcels[0], error.message) }
    var outcome = DeliveryOutcome()
    for parcel in parcels {
      do throws(PluginError) {
        outcome.add(try await send([parcel]))
      } catch  where error.kind == .permanent {
        outcome.add(rejected(parcel, error.message))
      } catch {
        rest(after: error)
        return outcome
      }
    }
    return outcome
  }

  func rest(after error: PluginError) {
    let now = run.clock.now()
    restsUntil = now.advanced(byMilliseconds: run.failed(.notifier(name), error))
  }

  /// What a call of the notifier answers.
  ///
  /// - Throws: also where the notifier takes too long.
  func receipts(
    of call: @escaping @Sendable () async throws(PluginError) -> [Receipt]
  ) async throws(PluginError) -> [Receipt] {
    let (clock, timeout) = (run.clock, run.settings.deliveryTimeout)
    let first = await withTaskGroup(of: Result<[Receipt], PluginError>?.self) { group in
      group.addTask {
        do throws(PluginError) {
          return .success(try await call())
        } catch {
          return .failure(error)
        }
      }
      group.addTask {
        await clock.wait(milliseconds: timeout)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
    guard let first else { throw PluginError(.transient, ServiceWording.noAnswer(timeout)) }
    return try first.get()
  }

  // MARK: - Receipts

  private func outcome(of parcels: [Parcel], _ receipts: [Receipt]) -> DeliveryOutcome {
    let statuses = Dictionary(receipts.map { ($0.key, $0.status) }, uniquingKeysWith: { first, _ in first })
    let now = run.clock.now()
    var outcome = DeliveryOutcome()
    var (arrived, late, lag, postponed, lost) = (0, 0, Int64(0), 0, 0)
    for parcel in parcels {
      switch statuses[parcel.delivery.key] {
      case .delivered:
        arrived += parcel.members.count
        late += parcel.isLate ? parcel.members.count : 0
        lag = max(lag, parcel.members.map { now.milliseconds(since: $0.planned) }.max() ?? 0)
        outcome.settled += parcel.members.map { Settlement($0.name, .delivered) }
      case .rejected(let reason): outcome.add(rejected(parcel, reason))
      case .retry(let asked):
        postponed += parcel.members.count
        outcome.postpone(parcel, at: now, asked: asked, isRefused: true)
      case nil:
        lost += 1
        outcome.postpone(parcel, at: now, asked: nil, isRefused: false)
      }
    }
    if arrived > 0 { run.report(.delivered(notifier: name, count: arrived, late: late, lag: lag)) }
    if postponed > 0 { run.report(.postponed(notifier: name, count: postponed)) }
    if lost > 0 {
      run.report(
        .problem(
          ServiceProblem(
            .notifier(name), ServiceWording.noReceipt(lost), retryAfter: Backoff.wait(failures: 1)))
      )
    }
    return outcome
  }

  private func rejected(_ parcel: Parcel, _ reason: String) -> DeliveryOutcome {
    run.report(.rejected(notifier: name, key: parcel.delivery.key, reason: reason))
    var outcome = DeliveryOutcome()
    outcome.settled = parcel.members.map { Settlement($0.name, .rejected(reason: reason)) }
    return outcome
  }
}

/// What became of one call's deliveries, or of what was to be taken back.
struct DeliveryOutcome: Sendable {
  var settled: [Settlement] = []
  /// When to try again.
  var postponed: [DeliveryName: Postponement] = [:]
  /// What was taken back, or never will be, by the keys under which it was delivered.
  var resolved: [DeliveryName] = []
  var postponedResolutions: [DeliveryName: Instant] = [:]

  mutating func add(_ other: DeliveryOutcome) {
    settled += other.settled
    postponed.merge(other.postponed) { $1 }
    resolved += other.resolved
    postponedResolutions.merge(other.postponedResolutions) { $1 }
  }

  fileprivate mutating func postpone(_ parcel: Parcel, at now: Instant, asked: Int64?, isRefused: Bool) {
    let wait = Backoff.wait(failures: parcel.attempts + 1, asked: asked)
    let until = now.advanced(byMilliseconds: wait)
    for member in parcel.members {
      postponed[member.name] = Postponement(until: until, isRefused: isRefused)
    }
  }
}
