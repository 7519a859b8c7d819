import PluginAPI
import WorkingTime

/// Takes back what was delivered and has ended, such as alerts: the same lane, so that nothing is taken back while it is delivered.
extension DeliveryLane {
  /// Hands keys to the notifier and says what became of them; of nothing where the call failed.
  func resolve(_ pending: [PendingResolution]) async -> DeliveryOutcome {
    do throws(PluginError) {
      return try await send(pending)
    } catch  where error.kind == .permanent {
      return await resolveOneByOne(pending, error)
    } catch {
      rest(after: error)
      return DeliveryOutcome()
    }
  }

  private func send(_ pending: [PendingResolution]) async throws(PluginError) -> DeliveryOutcome {
    let (notifier, keys) = (notifier, pending.map(\.key))
    let receipts = try await receipts { () throws(PluginError) in try await notifier.resolve(keys) }
    run.succeeded(.notifier(name))
    return outcome(of: pending, receipts)
  }

  private func resolveOneByOne(
    _ pending: [PendingResolution], _ error: PluginError
  ) async -> DeliveryOutcome {
    if pending.count == 1 { return rejected(pending[0], error.message) }
    var outcome = DeliveryOutcome()
    for resolution in pending {
      do throws(PluginError) {
        outcome.add(try await send([resolution]))
      } catch  where error.kind == .permanent {
        outcome.add(rejected(resolution, error.message))
      } catch {
        rest(after: error)
        return outcome
      }
    }
    return outcome
  }

  private func outcome(of pending: [PendingResolution], _ receipts: [Receipt]) -> DeliveryOutcome {
    let statuses = Dictionary(receipts.map { ($0.key, $0.status) }, uniquingKeysWith: { first, _ in first })
    let now = run.clock.now()
    var outcome = DeliveryOutcome()
    for resolution in pending {
      switch statuses[resolution.key] {
      case .delivered: outcome.resolved.append(DeliveryName(resolution.key, name))
      case .rejected(let reason): outcome.add(rejected(resolution, reason))
      case .retry(let asked): postpone(resolution, at: now, asked: asked, in: &outcome)
      case nil: postpone(resolution, at: now, asked: nil, in: &outcome)
      }
    }
    if !outcome.resolved.isEmpty { run.report(.resolved(notifier: name, count: outcome.resolved.count)) }
    return outcome
  }

  private func postpone(
    _ resolution: PendingResolution, at now: Instant, asked: Int64?, in outcome: inout DeliveryOutcome
  ) {
    let wait = Backoff.wait(failures: resolution.attempts + 1, asked: asked)
    outcome.postponedResolutions[DeliveryName(resolution.key, name)] = now.advanced(byMilliseconds: wait)
  }

  private func rejected(_ resolution: PendingResolution, _ reason: String) -> DeliveryOutcome {
    run.report(.resolutionRejected(notifier: name, key: resolution.key, reason: reason))
    var outcome = DeliveryOutcome()
    outcome.resolved = [DeliveryName(resolution.key, name)]
    return outcome
  }
}
