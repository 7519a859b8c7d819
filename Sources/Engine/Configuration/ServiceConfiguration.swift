/// What `docket.yaml` says under `service`, as it is written there.
public struct ServiceConfiguration: Hashable, Sendable {
  /// The path of the state file.
  public var state: String?
  /// The address of the status pages, `host:port`.
  public var listen: String?
  /// The time between two readings of the store, such as `5 seconds`.
  public var poll: String?

  public init() {}
}
