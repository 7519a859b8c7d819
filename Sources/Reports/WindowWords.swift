public import RuleEvaluator

extension WindowReading {
  /// The state in one or two words, such as 已超时: of a window that has ended, how.
  public func stateText(_ language: Language) -> String {
    state.text(language, isStopped: stoppedAt != nil)
  }

  /// What is left of the target, or with a minus sign what it was passed by; nil where that is not known.
  public func remainingText(_ language: Language) -> String? {
    guard let remaining else { return nil }
    let length = DurationText(
      milliseconds: Int64(clamping: remaining.magnitude), isWorking: countsWorkingTime
    ).text(language).withoutLeadingSpace
    return remaining < 0 ? "-\(length)" : length
  }
}

extension WindowReading.State {
  /// - Parameter isStopped: whether the window has ended.
  func text(_ language: Language, isStopped: Bool) -> String {
    switch (self, language) {
    case (.notStarted, .english): "not started"
    case (.running, .english): "running"
    case (.paused, .english): "paused"
    case (.warned, .english): "nearly due"
    case (.met, .english): "met"
    case (.breached, .english): !isStopped ? "late" : "ended late"
    case (.cancelled, .english): "cancelled"
    case (.notStarted, .chinese): "未开始"
    case (.running, .chinese): "进行中"
    case (.paused, .chinese): "已暂停"
    case (.warned, .chinese): "即将到期"
    case (.met, .chinese): "按时完成"
    case (.breached, .chinese): !isStopped ? "已超时" : "超时完成"
    case (.cancelled, .chinese): "已取消"
    }
  }
}

extension String {
  /// Without the space that a length of time in a Chinese sentence begins with.
  var withoutLeadingSpace: String { String(drop { $0 == " " }) }
}
