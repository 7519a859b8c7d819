#if Curl
  import CurlTransfer
  import PluginAPI
  import PluginProtocol

  /// Alerts as version 2 of the API has them
  /// (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml, `postableAlert`).
  ///
  /// Alertmanager knows an alert by its labels, so a key that comes again is the same alert.
  enum Alert {
    /// Labels that say which delivery it is.
    static let ownLabels: Set<String> = ["alertname", "ticket", "rule", "severity", "team", keyLabel]
    /// The label by which an alert is found again.
    static let keyLabel = "docket_key"

    /// One alert for each recipient, since a route of Alertmanager asks what `team` is; one without for none.
    static func alerts(
      _ delivery: Delivery, _ settings: AlertmanagerSettings, now: Int64
    ) -> [JSONValue] {
      (delivery.to.isEmpty ? [""] : delivery.to).map { team in
        var alert: [String: JSONValue] = [
          "labels": labels(delivery, team: team, settings), "annotations": annotations(delivery),
          "startsAt": .text(CalendarTime(milliseconds: now).internetTimestamp),
          "endsAt": .text(CalendarTime(milliseconds: now + settings.lifetime).internetTimestamp),
        ]
        alert["generatorURL"] = settings.generator.map { .text($0.filled(with: delivery)) }
        return .object(alert)
      }
    }

    /// `alert`, as the API answered it, over since `now`. Nil for what is no alert.
    static func resolved(_ alert: JSONValue, now: Int64) -> JSONValue? {
      guard let labels = alert["labels"], labels.object != nil else { return nil }
      var resolved: [String: JSONValue] = [
        "labels": labels, "endsAt": .text(CalendarTime(milliseconds: now).internetTimestamp),
      ]
      for name in ["annotations", "startsAt", "generatorURL"] { resolved[name] = alert[name] }
      return .object(resolved)
    }

    /// An empty label is none (https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels).
    private static func labels(
      _ delivery: Delivery, team: String, _ settings: AlertmanagerSettings
    ) -> JSONValue {
      let own = [
        "alertname": delivery.notice, "ticket": delivery.ticket, "rule": delivery.rule,
        "severity": delivery.severity.rawValue, "team": team, keyLabel: delivery.key,
      ]
      let labels = settings.labels.merging(own) { $1 }
      return .object(labels.filter { !$0.value.isEmpty }.mapValues(JSONValue.text))
    }

    private static func annotations(_ delivery: Delivery) -> JSONValue {
      let annotations = ["summary": delivery.title, "description": delivery.body, "place": delivery.place]
      return .object(annotations.filter { !$0.value.isEmpty }.mapValues(JSONValue.text))
    }
  }
#endif
