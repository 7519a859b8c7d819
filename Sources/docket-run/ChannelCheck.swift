#if Service
  import CommandOptions
  import Diagnostics
  import RuleEvaluator

  /// Sees to it that rules name only notifiers that there are.
  struct ChannelCheck: Sendable {
    /// The names of the notifiers' instances.
    let names: [String]

    /// What is wrong with the first `via:` that names none of them; nil where all are known.
    func failure(of rulebook: Rulebook) -> Failure? {
      for (place, channels) in rulebook.channels {
        guard let unknown = channels.first(where: { !names.contains($0) }) else { continue }
        let known = names.isEmpty ? "none" : names.joined(separator: ", ")
        return Failure(
          .usage, "\(place.lineReference): there is no notifier '\(unknown)'",
          hint: suggestion(for: unknown, among: names) ?? "the notifiers of docket.yaml are: \(known)")
      }
      return nil
    }
  }

  extension Rulebook {
    /// Every `via:` with its place.
    fileprivate var channels: [(Place, [String])] {
      notifications.map { ($0.place, $0.via ?? []) }
        + windows.flatMap(\.escalations).map { ($0.place, $0.via ?? []) }
    }
  }
#endif
