#if Curl
  import CurlTransfer
  import PluginAPI
  import Testing

  @Suite("A round of deliveries")
  struct DeliveryRoundTests {
    private let deliveries = (1...6).map { number in
      Delivery(
        key: "k\(number)", notice: "finding", ticket: "t", rule: "r", title: "", body: "", severity: .info)
    }

    private func statuses(
      _ round: inout DeliveryRound, known: Set<String> = [],
      _ attempt: (Delivery) throws(PluginError) -> Receipt.Status
    ) throws(PluginError) -> [Receipt.Status] {
      for delivery in deliveries where round.begins(delivery, isKnown: known.contains(delivery.key)) {
        do throws(PluginError) {
          round.record(try attempt(delivery), of: delivery)
        } catch {
          try round.record(error, of: delivery)
        }
      }
      #expect(round.receipts.map(\.key) == deliveries.map(\.key))
      return round.receipts.map(\.status)
    }

    @Test("attempts what is not known, and answers for the rest")
    func known() throws {
      var round = DeliveryRound(timeoutMilliseconds: 1)
      var attempts = [String]()
      let result = try statuses(&round, known: ["k1", "k3"]) { delivery throws(PluginError) in
        attempts.append(delivery.key)
        return delivery.key == "k2" ? .rejected(reason: "no") : .delivered
      }
      #expect(result == [.delivered, .rejected(reason: "no")] + Array(repeating: .delivered, count: 4))
      #expect(attempts == ["k2", "k4", "k5", "k6"])
    }

    @Test("puts off the rest where the channel gives out, as long as the channel says")
    func channel() throws {
      var round = DeliveryRound(timeoutMilliseconds: 1)
      let result = try statuses(&round) { delivery throws(PluginError) in
        if delivery.key == "k1" { return .delivered }
        throw PluginError(.rateLimited, "busy", retryAfterMilliseconds: 7)
      }
      #expect(result == [.delivered] + Array(repeating: .retry(afterMilliseconds: 7), count: 5))
    }

    @Test("says why where nothing got through before")
    func first() {
      var round = DeliveryRound(timeoutMilliseconds: 1)
      #expect(throws: PluginError(.transient, "down")) {
        try statuses(&round) { _ throws(PluginError) in throw PluginError(.transient, "down") }
      }
    }

    @Test(
      "stops for settings and credentials",
      arguments: [PluginError.Kind.configuration, .authorization, .internal])
    func stops(kind: PluginError.Kind) {
      var round = DeliveryRound(timeoutMilliseconds: 1)
      #expect(throws: PluginError(kind, "no")) {
        try statuses(&round) { delivery throws(PluginError) in
          if delivery.key == "k1" { return .delivered }
          throw PluginError(kind, "no")
        }
      }
      #expect(round.receipts == [Receipt(key: "k1", status: .delivered)])
    }

    @Test("goes on behind one that is put off or refused, and stops behind three that are put off in a row")
    func refusals() throws {
      var round = DeliveryRound(timeoutMilliseconds: 1)
      var attempts = 0
      let result = try statuses(&round) { delivery throws(PluginError) in
        attempts += 1
        if delivery.key == "k1" { return .retry(afterMilliseconds: 9) }
        if delivery.key == "k2" { throw PluginError(.permanent, "too long") }
        return .retry(afterMilliseconds: 9)
      }
      let putOff = Receipt.Status.retry(afterMilliseconds: 9)
      #expect(result == [putOff, .rejected(reason: "too long"), putOff, putOff, putOff, putOff])
      #expect(attempts == 5)
    }

    @Test("begins nothing that could outlast its limit")
    func time() throws {
      var round = DeliveryRound(timeoutMilliseconds: 1_000, limit: .milliseconds(900))
      let result = try statuses(&round) { _ throws(PluginError) in .delivered }
      #expect(result == Array(repeating: .retry(afterMilliseconds: 0), count: 6))
    }
  }
#endif
