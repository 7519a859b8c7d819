#if Service
  import Diagnostics
  import Logging
  import RuleEvaluator
  import WorkingTime

  extension Logger {
    /// Says of which rules' waivers the last day has passed or is near. Called whenever rules are loaded.
    func noteWaivers(of rulebook: Rulebook, at now: Instant) {
      for (waiver, standing) in zip(rulebook.waivers, rulebook.waiverStandings(at: now)) {
        let rule = "the waiver \(waiver.id) of \(waiver.rule)"
        switch standing {
        case .inForce: break
        case .expired: warning("\(rule) was to end after \(waiver.until.text): the rule holds again")
        case .expiring(let days):
          warning("\(rule) ends after \(waiver.until.text); \(counted(days, "day")) left")
        }
      }
    }
  }
#endif
