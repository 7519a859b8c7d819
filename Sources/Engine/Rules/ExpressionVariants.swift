public import FileAccess
public import RuleCompiler
public import RuleEvaluator

extension LoadedRulebook {
  /// What expressions of the rulebook at `path` might have been instead, compiled; nil for each that means nothing.
  public static func expressions(
    of variants: [ExpressionVariant], in path: String
  ) throws(FileError) -> [RuleExpression?] {
    let folder = try RulebookFolder(path)
    let zones = SystemTimeZones()
    return RulebookCompiler(
      files: folder.rules, resource: { name in try? folder.resource(name) },
      timeZone: { zones.rules(for: $0) }
    ).expressions(of: variants)
  }
}
