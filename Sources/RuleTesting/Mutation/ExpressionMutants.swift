import Diagnostics
public import RuleCompiler
public import RuleEvaluator

/// Conditions in CEL: other operators, other numbers.
extension Mutants {
  /// Compiles what expressions might have been instead; nil for each that means nothing.
  public typealias ExpressionCompiling = ([ExpressionVariant]) -> [RuleExpression?]

  /// An expression of the rules: several where the same text is compiled for the present and for the past.
  private struct Site {
    var id: String
    /// The indexes in the rulebook's expressions, and whether each is asked of earlier instants.
    var expressions: [(index: Int, isOverHistory: Bool)]
  }

  mutating func addExpressions(_ compile: ExpressionCompiling) {
    var slips = [(site: Site, slip: ExpressionTexts.Slip)]()
    for site in sites {
      guard let first = site.expressions.first else { continue }
      let texts = ExpressionTexts(rulebook.expressions[first.index].text)
      slips += texts.slips.map { (site, $0) }
    }
    let variants = slips.flatMap { site, slip in
      site.expressions.map {
        ExpressionVariant(expression: $0.index, text: slip.text, isOverHistory: $0.isOverHistory)
      }
    }
    var compiled = compile(variants)[...]
    if compiled.count != variants.count { return }
    for (site, slip) in slips {
      let own = compiled.prefix(site.expressions.count).compactMap(\.self)
      compiled = compiled.dropFirst(site.expressions.count)
      // What the checker refuses is no rule, and so no mutant.
      if own.count == site.expressions.count { add(slip, site, own) }
    }
  }

  private mutating func add(_ slip: ExpressionTexts.Slip, _ site: Site, _ compiled: [RuleExpression]) {
    let after = slip.after.isEmpty ? "nothing" : slip.after
    let indexes = site.expressions.map(\.index)
    add(
      Mutant(
        "\(site.id) \(slip.before)[\(slip.number)]=\(after)", at: rulebook.expressions[indexes[0]].place,
        "\(quoted(slip.before)) is \(after == "nothing" ? "gone" : quoted(after)) in: \(slip.context)",
        hint: MutationHints.slip(site.id)
      ) { parts in
        for (index, expression) in zip(indexes, compiled) { parts.expressions[index] = expression }
      })
  }

  private var sites: [Site] {
    let conditions =
      rulebook.requirements.map { ("\($0.id).when", $0.condition) }
      + rulebook.checks.map { ("\($0.id).when", $0.condition) }
      + rulebook.windows.map { ("\($0.id).when", $0.condition) }
      + rulebook.notifications.map { ("\($0.id).when", $0.condition) }
    var sites = rulebook.checks.indices.map { checkSite($0) }
    for (id, condition) in conditions {
      if let index = condition.expression {
        sites.append(Site(id: "\(id).expr", expressions: [(index, false)]))
      }
    }
    for table in rulebook.tables {
      for row in table.rows {
        if let index = row.expression {
          sites.append(Site(id: "\(row.id).expr", expressions: [(index, false)]))
        }
      }
      for input in table.inputs {
        guard let index = input.expression else { continue }
        sites.append(Site(id: "\(table.name).\(input.name)", expressions: [(index, false)]))
      }
    }
    return sites
  }

  /// A check, and the guards that are the same check.
  private func checkSite(_ number: Int) -> Site {
    var site = Site(
      id: "\(rulebook.checks[number].id).expr", expressions: [(rulebook.checks[number].expression, false)])
    for guarding in rulebook.workflow?.guards ?? [] where guarding.check == number {
      site.expressions.append((guarding.expression, true))
    }
    return site
  }
}
