extension Rulebook {
  /// What the compiler handed over, to make a rulebook that differs in one place: a mutant, to see whether tests notice.
  ///
  /// The identity stays; slots and symbols do, so that tickets need not be decoded anew.
  public var parts: Parts {
    Parts(
      name: name, title: title, language: language, identity: identity, timeZone: timeZone, schema: schema,
      layout: layout, calendars: calendars, tables: tables, priority: priority, routing: routing,
      windows: windows, requirements: requirements, checks: checks, notifications: notifications,
      expressions: expressionsAlone, patterns: patterns, nowSlot: nowSlot, slotCount: slotCount,
      workflow: workflow, reviews: reviews, waivers: waivers)
  }
}
