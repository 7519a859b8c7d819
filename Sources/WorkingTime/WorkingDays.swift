extension WorkingCalendar {
  /// The instant that is `count` complete working days after `start`; before it, when negative.
  ///
  /// A start at offset o into a day's working time is due at the same offset on the Nth working day after, or
  /// at that day's closing if it is shorter. With o = 0, at the opening or rolled forward to it, that is the
  /// closing of the Nth working day counting the first: Saturday + 1 working day is Monday's closing, Monday
  /// 10:00 + 1 is Tuesday 10:00. Backwards is the mirror image, with the opening of the Nth working day for a
  /// start at a closing. Zero is `nextOpening(from:)`. A working day is a local day on which hours start.
  public func add(workingDays count: Int, to start: Instant) -> Instant? {
    if count == 0 { return nextOpening(from: start) }
    return count > 0 ? forward(UInt(count), from: start) : backward(count.magnitude, from: start)
  }

  /// The closing of the first working day after the day of `start`, whether that is one or not.
  ///
  /// The day is the one whose hours contain the start, so that 03:00 in a night shift is the day before; else
  /// its local date.
  public func endOfNextWorkingDay(after start: Instant) -> Instant? {
    let day = owner(of: start, .opening) ?? Int64(zone.date(at: start).days)
    guard let next = workingDay(1, after: day) else { return nil }
    return self.day(next).closing
  }

  private func forward(_ count: UInt, from start: Instant) -> Instant? {
    guard let begin = nextOpening(from: start), let first = owner(of: begin, .opening) else { return nil }
    let offset = day(first).open(until: begin)
    guard let last = workingDay(offset == 0 ? count - 1 : count, after: first) else { return nil }
    return offset == 0 ? day(last).closing : day(last).instant(at: offset, .closing)
  }

  private func backward(_ count: UInt, from start: Instant) -> Instant? {
    guard let begin = previousClosing(from: start), let first = owner(of: begin, .closing) else { return nil }
    let offset = day(first).open(until: begin)
    let isClosing = offset == day(first).open
    guard let last = workingDay(isClosing ? count - 1 : count, before: first) else { return nil }
    return isClosing ? day(last).opening : day(last).instant(at: offset, .opening)
  }

  /// The day whose hours contain the instant; a closing belongs to them at `Edge.closing`, an opening at
  /// `Edge.opening`.
  private func owner(of instant: Instant, _ edge: Edge) -> Int64? {
    let date = Int64(zone.date(at: instant).days)
    return ((date - 2)...date).last { day($0).contains(instant, edge) }
  }

  private func workingDay(_ count: UInt, after first: Int64) -> Int64? {
    let last = min(rules.lastOpenDay ?? .max, Int64(CivilDate.latest.days))
    return workingDay(count, from: first, by: 1) { $0 <= last }
  }

  private func workingDay(_ count: UInt, before first: Int64) -> Int64? {
    let earliest = Int64(CivilDate.earliest.days)
    let last = rules.isClosedAllWeek ? rules.exceptions.first?.day ?? earliest : earliest
    return workingDay(count, from: first, by: -1) { $0 >= last }
  }

  private func workingDay(
    _ count: UInt, from first: Int64, by step: Int64, while isInside: (Int64) -> Bool
  ) -> Int64? {
    var rest = count
    var day = first
    while rest > 0 {
      day += step
      guard isInside(day) else { return nil }
      if isWorkingDay(day) { rest -= 1 }
    }
    return day
  }

  private func isWorkingDay(_ day: Int64) -> Bool {
    table.contains(day) ? table.shape(ofDay: day).open > 0 : hours(ofDay: day).pattern.open > 0
  }

  private func hours(ofDay day: Int64) -> (base: Int64, pattern: DayPattern) {
    rules.hours(rules.layout(ofDay: day), ofDay: day)
  }

  private func day(_ day: Int64) -> WorkingDay {
    if table.contains(day) { return table.day(day) }
    let (base, pattern) = hours(ofDay: day)
    return WorkingDay(base: base * 1000, spans: pattern.spans[...])
  }
}

/// The stretches that start on one local day.
struct WorkingDay {
  /// Milliseconds since 1970, to which the stretches are relative.
  var base: Int64
  var spans: ArraySlice<DaySpan>

  var opening: Instant? { spans.first.map { Instant(milliseconds: base + Int64($0.start) * 1000) } }
  var closing: Instant? { spans.last.map { Instant(milliseconds: base + Int64($0.end) * 1000) } }
  var open: Int64 { spans.reduce(0) { $0 + Int64($1.end - $1.start) * 1000 } }

  func open(until instant: Instant) -> Int64 {
    spans.reduce(0) { sum, span in
      let start = base + Int64(span.start) * 1000
      let end = base + Int64(span.end) * 1000
      return sum + max(0, min(instant.milliseconds, end) - start)
    }
  }

  func contains(_ instant: Instant, _ edge: Edge) -> Bool {
    spans.contains { span in
      let start = base + Int64(span.start) * 1000
      let end = base + Int64(span.end) * 1000
      return edge == .opening
        ? start <= instant.milliseconds && instant.milliseconds < end
        : start < instant.milliseconds && instant.milliseconds <= end
    }
  }

  /// The closing when the day is shorter than that.
  func instant(at offset: Int64, _ edge: Edge) -> Instant? {
    let span = spans.first { span in
      let end = Int64(span.before + span.end - span.start) * 1000
      return edge == .closing ? offset <= end : offset < end
    }
    guard let span else { return closing }
    return Instant(milliseconds: base + (Int64(span.start) - Int64(span.before)) * 1000 + offset)
  }
}

extension DayTable {
  func contains(_ day: Int64) -> Bool { day >= firstDay && day < firstDay + Int64(days.count) }

  func shape(ofDay day: Int64) -> Shape { shapes[Int(days[Int(day - firstDay)].shape)] }

  func day(_ day: Int64) -> WorkingDay {
    let shape = shape(ofDay: day)
    let spans = spans[Int(shape.firstSpan)..<Int(shape.firstSpan + shape.spanCount)]
    return WorkingDay(base: base(Int(day - firstDay)) * 1000, spans: spans)
  }
}
