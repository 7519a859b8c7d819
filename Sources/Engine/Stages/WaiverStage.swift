import Diagnostics
import Reports
import RuleEvaluator
import WorkingTime

/// The stage that tells of waivers that have ended, soon will, or waived nothing.
struct WaiverStage {
  private let evaluation: PageEvaluation

  init(_ evaluation: PageEvaluation) { self.evaluation = evaluation }

  /// What there is to say once all tickets have passed.
  ///
  /// - Parameter used: by waiver, how many findings it waived; those behind its end waived none.
  func finish(used: [Int]) -> [ReportedFinding] {
    let rulebook = evaluation.rulebook
    let standings = rulebook.waiverStandings(at: evaluation.settings.now)
    return zip(rulebook.waivers, standings).enumerated().compactMap { index, waiver in
      let isUsed = used.indices.contains(index) && used[index] > 0
      return finding(waiver.0, waiver.1, isUsed: isUsed || !evaluation.settings.tracksPresence)
    }
  }

  private func finding(_ waiver: Waiver, _ standing: WaiverStanding, isUsed: Bool) -> ReportedFinding? {
    guard let (severity, message) = words(waiver, standing, isUsed) else { return nil }
    return ReportedFinding(
      rule: waiver.id, severity: severity, message: message, rulePlace: waiver.place)
  }

  private func words(
    _ waiver: Waiver, _ standing: WaiverStanding, _ isUsed: Bool
  ) -> (Severity, String)? {
    let isChinese = evaluation.language == .chinese
    switch standing {
    case .expired:
      return (
        .warning,
        isChinese
          ? "对 \(waiver.rule) 的豁免已于 \(waiver.until.text) 到期"
          : "the waiver of \(waiver.rule) ended on \(waiver.until.text)"
      )
    case .inForce, .expiring:
      if !isUsed {
        return (.info, isChinese ? "对 \(waiver.rule) 的豁免没有用到" : "the waiver of \(waiver.rule) waived nothing")
      }
      guard case .expiring(let days) = standing else { return nil }
      return (.info, isChinese ? ending(waiver, inChineseAfter: days) : ending(waiver, after: days))
    }
  }

  private func ending(_ waiver: Waiver, after days: Int) -> String {
    let when = days == 0 ? "today" : "in \(counted(days, "day"))"
    return "the waiver of \(waiver.rule) ends \(when), on \(waiver.until.text)"
  }

  private func ending(_ waiver: Waiver, inChineseAfter days: Int) -> String {
    let when = days == 0 ? "今天" : "在 \(days) 天后"
    return "对 \(waiver.rule) 的豁免将\(when)到期（\(waiver.until.text)）"
  }
}
