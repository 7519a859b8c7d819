public import Diagnostics

/// All that the files of one rulebook declare, in the order of the files, with names not yet resolved.
///
/// Names of sections and of all that has an id are unique; everything else is for the compiler to check. What could
/// not be read was reported and is left out, or nil.
public struct RulebookDeclaration: Hashable, Sendable {
  /// Stands in `rulebook:`; nil after an error.
  public var name: Located<String>?
  public var title: LocalizedText?
  /// An IANA name.
  public var timeZone: Located<String>?
  /// The language of messages that are asked for without one.
  public var language: Located<String>?
  public var fields: [FieldDeclaration] = []
  public var calendars: [CalendarDeclaration] = []
  public var priorities: PrioritiesDeclaration?
  public var tables: [DecisionTableDeclaration] = []
  public var routing: RoutingDeclaration?
  public var windows: [WindowDeclaration] = []
  public var requiredFields: [RequiredFieldsDeclaration] = []
  public var checks: [CheckDeclaration] = []
  public var workflow: WorkflowDeclaration?
  public var reviews: [ReviewDeclaration] = []
  public var notifications: [NotificationDeclaration] = []
  public var waivers: [WaiverDeclaration] = []
  /// Where each id of a row, window, required field or check stands, apart from rows in CSV files.
  public var ids: [String: Place] = [:]

  public init() {}
}
