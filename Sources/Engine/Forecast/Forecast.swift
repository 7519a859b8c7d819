public import WorkingTime

/// Which windows will breach by an instant if nobody acts, by team.
///
/// Holds what will breach, and of the rest numbers alone.
public struct Forecast: Sendable {
  /// A window that is running and due before the end.
  public struct Breach: Hashable, Sendable {
    /// The ticket's id, else where it stands.
    public var ticket: String
    /// The index in `Rulebook.windows`.
    public var window: Int
    public var dueAt: Instant
    /// Milliseconds of the target's unit.
    public var remaining: Int64
    /// Whether `remaining` counts working time.
    public var countsWorkingTime: Bool
    public var assignee: String?
  }

  /// What is ahead of one team.
  public struct Team: Sendable {
    /// Nil for the tickets that no team has.
    public var name: String?
    /// Most urgent first.
    public internal(set) var breaches: [Breach] = []
    /// How many windows are paused, so that nobody knows when they are due.
    public internal(set) var waits = 0
    /// How many windows are open and late already.
    public internal(set) var late = 0
    /// How many windows would be among these if no waiver were in force until the end.
    public internal(set) var waived = 0
  }

  /// A record that could not be read.
  public struct Unreadable: Sendable {
    public var place: String
    public var message: String
  }

  /// How many records that could not be read are named.
  public static let namedUnreadable = 10

  /// The team with the most urgent window first; those without any by name.
  public private(set) var teams: [Team] = []
  /// How many tickets were read.
  public internal(set) var tickets = 0
  /// How many records could not be read, and the first of them.
  public private(set) var unreadableCount = 0
  public private(set) var unreadable: [Unreadable] = []
  private var indexes: [String?: Int] = [:]

  init() {}

  public var breaches: Int { teams.reduce(0) { $0 + $1.breaches.count } }
  public var waits: Int { teams.reduce(0) { $0 + $1.waits } }
  public var late: Int { teams.reduce(0) { $0 + $1.late } }
  public var waived: Int { teams.reduce(0) { $0 + $1.waived } }
}

extension Forecast {
  mutating func update(_ name: String?, _ change: (inout Team) -> Void) {
    let index = indexes[name] ?? teams.count
    if index == teams.count {
      teams.append(Team(name: name))
      indexes[name] = index
    }
    change(&teams[index])
  }

  mutating func add(unreadable message: String, at place: String) {
    unreadableCount += 1
    guard unreadable.count < Self.namedUnreadable else { return }
    unreadable.append(Unreadable(place: place, message: message))
  }

  /// Takes over what another part of the store gave.
  mutating func add(_ part: Forecast) {
    tickets += part.tickets
    unreadableCount += part.unreadableCount
    unreadable += part.unreadable.prefix(Self.namedUnreadable - unreadable.count)
    for team in part.teams {
      update(team.name) { total in
        total.breaches += team.breaches
        total.waits += team.waits
        total.late += team.late
        total.waived += team.waived
      }
    }
  }

  /// Brings everything into the order of urgency, which does not depend on the order of the store.
  mutating func sort() {
    for index in teams.indices { teams[index].breaches.sort { $0.isMoreUrgent(than: $1) } }
    teams.sort { left, right in
      switch (left.breaches.first, right.breaches.first) {
      case (let first?, let second?) where first != second: first.isMoreUrgent(than: second)
      case (_?, nil): true
      case (nil, _?): false
      default: left.name ?? "" < right.name ?? ""
      }
    }
    indexes = [:]
  }
}

extension Forecast.Breach {
  fileprivate func isMoreUrgent(than other: Forecast.Breach) -> Bool {
    (dueAt, ticket, window) < (other.dueAt, other.ticket, other.window)
  }
}
