import RuleEvaluator
import WorkingTime

/// Who is told of what.
extension PolicyBook {
  var notifications: Book.Chapter {
    let rows = rulebook.notifications.map(row)
    let table = Book.Table(header: words.notificationHeader, rows: rows)
    return Book.Chapter(
      name: "notifications", title: words.notifications, blocks: rows.isEmpty ? [] : [.table(table)])
  }

  private func row(_ notification: Notification) -> [Book.Line] {
    let events = Notice.Event.allCases.filter(notification.events.contains).map(words.event)
    return [
      rule(notification.id, notification.place), text(events.joined(separator: words.separator)),
      line(notification.condition),
      notification.recipients.isEmpty ? text(words.channelDecides) : line(notification.recipients),
      text(delivery(of: notification).joined(separator: words.clause)), line(notification.message),
    ]
  }

  private func delivery(of notification: Notification) -> [String] {
    var parts = [String]()
    if notification.via != nil { parts.append(words.through(channels(notification.via))) }
    if case .workingTime(let calendar) = notification.timing {
      parts.append(words.inWorkingTime(rulebook.calendars[calendar].name))
    }
    if let grouping = notification.grouping { parts.append(text(of: grouping)) }
    if let period = notification.repeatEvery {
      parts.append(words.again(words.duration(.elapsed(milliseconds: period))))
    }
    return parts
  }

  private func text(of grouping: Notification.Grouping) -> String {
    let keys = grouping.keys.map { key in
      switch key {
      case .team: words.team
      case .assignee: words.assignee
      case .window: words.window
      case .rule: words.rule
      case .field(let slot): cells.label(ofSlot: slot)
      }
    }
    return words.grouped(
      keys.joined(separator: words.separator), words.duration(.elapsed(milliseconds: grouping.wait)))
  }
}
