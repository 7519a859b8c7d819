#if Service
  public import Engine
  public import Logging
  import Metrics
  import Synchronization
  import WorkingTime

  /// Writes what happens in the service to a log, and counts it.
  ///
  /// Names nobody: tickets and rules stand in the log by their ids, recipients and messages do not.
  public final class ServiceTelemetry: Sendable {
    private let log: Logger

    private let registry: MetricsRegistry
    /// The rules of which it was said already that all tickets were read with them.
    private let lastSwept = Mutex("")

    public init(log: Logger, registry: MetricsRegistry) {
      self.log = log
      self.registry = registry
    }

    /// One event of the service.
    public func note(_ event: ServiceEvent) {
      count(event)
      write(event)
    }

    private func count(_ event: ServiceEvent) {
      switch event {
      case .evaluated(let tickets, let unchanged):
        counter("docket_tickets_evaluated_total").increment(by: tickets)
        counter("docket_tickets_unchanged_total").increment(by: unchanged)
      case .unreadable: counter("docket_records_unreadable_total").increment()
      case .decisions(let written, let conflicts):
        counter("docket_decisions_written_total").increment(by: written)
        counter("docket_decision_conflicts_total").increment(by: conflicts)
      case .decisionRejected: counter("docket_decisions_rejected_total").increment()
      case .queued(let count): counter("docket_notices_queued_total").increment(by: count)
      case .withdrawn(let count): counter("docket_notices_withdrawn_total").increment(by: count)
      case .delivered(let notifier, let count, let late, let lag):
        deliveries(notifier, "delivered").increment(by: count)
        counter("docket_deliveries_late_total", [("notifier", notifier)]).increment(by: late)
        Metrics.Timer(
          label: "docket_delivery_lag_seconds", dimensions: [("notifier", notifier)], factory: registry
        ).recordMilliseconds(lag)
      case .postponed(let notifier, let count): deliveries(notifier, "postponed").increment(by: count)
      case .rejected(let notifier, _, _): deliveries(notifier, "rejected").increment()
      case .resolved(let notifier, let count): resolutions(notifier, "resolved").increment(by: count)
      case .resolutionRejected(let notifier, _, _): resolutions(notifier, "rejected").increment()
      case .problem(let problem):
        counter("docket_problems_total", [("source", problem.source.text)]).increment()
      case .forgotten(let keys): counter("docket_keys_forgotten_total").increment(by: keys)
      case .rulesChanged: counter("docket_rulebook_changes_total").increment()
      case .clockJumped: counter("docket_clock_jumps_total").increment()
      case .started, .unknownNotifier, .nextDue, .swept, .recovered: break
      }
    }

    private func deliveries(_ notifier: String, _ outcome: String) -> Counter {
      counter("docket_deliveries_total", [("notifier", notifier), ("outcome", outcome)])
    }

    private func resolutions(_ notifier: String, _ outcome: String) -> Counter {
      counter("docket_resolutions_total", [("notifier", notifier), ("outcome", outcome)])
    }

    private func counter(_ label: String, _ dimensions: [(String, String)] = []) -> Counter {
      Counter(label: label, dimensions: dimensions, factory: registry)
    }

    /// A store that hands over everything each time is swept by each reading.
    private func writeOnce(_ rulebook: String) {
      let isNew = lastSwept.withLock { last in
        defer { last = rulebook }
        return last != rulebook
      }
      if isNew { log.info("all tickets were read once with \(rulebook)") }
    }

    private func write(_ event: ServiceEvent) {
      switch event {
      case .started(let since, let isFirst):
        let text = since.text(in: .utc)
        log.info(
          isFirst
            ? "watching from now on; what fell due before \(text) is history"
            : "watching again; what fell due meanwhile is delivered now")
      case .evaluated(let tickets, _): log.debug("\(tickets) tickets evaluated")
      case .unreadable(let source, let line, let message):
        log.warning("\(source)\(line == 0 ? "" : ":\(line)") cannot be read: \(message)")
      case .decisions(let written, let conflicts):
        log.debug("\(written) decisions written, \(conflicts) conflicts")
      case .decisionRejected(let ticket, let reason):
        log.warning("the store refused the decision about \(ticket): \(reason)")
      case .queued(let count): log.debug("\(count) notices queued")
      case .withdrawn(let count): log.info("\(count) notices withdrawn: nobody needs them any more")
      case .delivered(let notifier, let count, let late, _):
        log.info("delivered by \(notifier): \(count)\(late == 0 ? "" : ", \(late) of them late")")
      case .postponed(let notifier, let count): log.info("\(count) notices postponed by \(notifier)")
      case .rejected(let notifier, let key, let reason):
        log.error("\(notifier) refused the notice \(key) for ever: \(reason)")
      case .resolved(let notifier, let count): log.info("taken back by \(notifier): \(count)")
      case .resolutionRejected(let notifier, let key, let reason):
        log.error("\(notifier) refused for ever to take back \(key): \(reason)")
      case .unknownNotifier(let name, let key):
        log.error("there is no notifier '\(name)'\(key.isEmpty ? "" : " for the notice \(key)")")
      case .nextDue(let instant):
        log.debug("the next timer is due at \(instant.map { $0.text(in: .utc) } ?? "no time")")
      case .forgotten(let keys): log.debug("\(keys) keys of deliveries are not kept any more")
      case .swept(let rulebook): writeOnce(rulebook)
      case .rulesChanged(let rulebook): log.info("the rules are now \(rulebook)")
      case .clockJumped(let milliseconds):
        log.warning("the clock jumped by \(milliseconds / 1000) s: it was set, or the machine slept")
      case .problem(let problem): log.error("\(problem.logText)")
      case .recovered(let source): log.info("\(source.text) works again")
      }
    }
  }

  extension ServiceProblem {
    fileprivate var logText: String {
      let hint = hint.map { " (\($0))" } ?? ""
      return "\(source.text): \(message)\(hint); tried again in \((retryAfter + 999) / 1000) s"
    }
  }

  extension ServiceProblem.Source {
    /// As logs, metrics and the health page name it.
    public var text: String {
      switch self {
      case .store: "store"
      case .decisions: "decisions"
      case .state: "state"
      case .notifier(let name): "notifier \(name)"
      }
    }
  }
#endif
