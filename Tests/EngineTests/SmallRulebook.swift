import Diagnostics
import Engine
import RuleEvaluator
import Testing

/// Rules that are enough to find something about a ticket in every way that the pipeline treats on its own.
enum SmallRulebook {
  static func load() throws -> Rulebook {
    let folder = TemporaryFolder()
    try folder.write(
      "rules.yaml",
      """
      format: 1
      rulebook: small
      language: en
      time_zone: UTC
      fields:
        id: {type: string, unique: true, label: {en: Number, zh: 编号}}
        serial: {type: string, unique: true}
        badge: {type: string, unique: true, masked: true}
        urgency: {type: choice, values: {high: {}, medium: {}, low: {}}}
        status: {type: choice, values: {open: {}}}
        description: {type: string}
        priority: {type: choice, values: {high: {}, low: {}}}
        product: {type: string, label: {en: Product}}
        came_at: {type: instant}
        cause: {type: string, label: {en: Cause}}
      priorities:
        field: priority
        levels: [high, low]
        hit: first
        inputs: [urgency]
        rows:
          - {id: P-1, urgency: high, priority: high}
        otherwise: {priority: low}
      required_fields:
        - {id: F-1, fields: [description]}
      reviews:
        - {id: V-1, group_by: [product], count: 3, within: 2 days, at: came_at, require: [cause], severity: warning}
      """)
    let loaded = try LoadedRulebook(folder.path)
    let messages = loaded.diagnostics.map(\.message)
    return try #require(loaded.rulebook, "\(messages)")
  }
}
