import Diagnostics
import RuleEvaluator
import WorkingTime

/// Waivers whose last day has passed, or is near.
struct WaiverAnalysis {
  let rulebook: Rulebook
  let today: CivilDate

  func findings() -> [AnalysisFinding] {
    rulebook.waivers.compactMap { waiver in
      switch waiver.standing(on: today) {
      case .inForce: nil
      case .expiring(let days): AnalysisFinding(.waiverExpires(waiver, in: days))
      case .expired: AnalysisFinding(.waiverExpired(waiver))
      }
    }
  }
}
